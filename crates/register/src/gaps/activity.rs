//! Gaps of an activity: GDPR Art. 5, 6, 9, 14, 30 and what retention has to keep to.

use law::{Channel, LegalBasis, Text};

use super::{Gap, Place, Rule, missing};
use crate::{Activity, Balancing, Documents, Period, Retention, Role, Source, StartEvent, Unit};

const PURPOSE: Rule = Rule::must(
    "purpose_missing",
    "GDPR Art. 30(1)(b)",
    "purpose",
    Text::new(
        "der Zweck ist nicht beschrieben",
        "the purpose is not described",
    ),
    Text::new(
        "Zweck mit eigenen Worten beschreiben: wozu dienen die Daten?",
        "describe in your own words what the data are for",
    ),
);
const CATEGORIES: Rule = Rule::must(
    "categories_missing",
    "GDPR Art. 30(1)(c)",
    "subjects, data",
    Text::new("Kategorien fehlen", "categories are missing"),
    Text::new(
        "bei der Tätigkeit angeben, um wessen Daten es geht und um welche",
        "state for the activity whose data they are and which",
    ),
);
const RETENTION: Rule = Rule::must(
    "retention_missing",
    "GDPR Art. 5(1)(e)",
    "[[activity.retention]]",
    Text::new(
        "es gibt keine Löschfrist (auch Art. 30 Abs. 1 lit. f DSGVO)",
        "there is no time limit for erasure (also Art. 30(1)(f) GDPR)",
    ),
    Text::new(
        "eine Löschfrist eintragen: wie lange, ab welchem Ereignis und was dann geschieht",
        "enter a time limit: how long, from which event, and what happens then",
    ),
);
const MEASURES: Rule = Rule::should(
    "measures_missing",
    "GDPR Art. 30(1)(g)",
    "measures, [[measure]]",
    Text::new(
        "es ist auf keine Sicherheitsmaßnahme verwiesen",
        "no security measure is referred to",
    ),
    Text::new(
        "Maßnahmen anlegen und bei der Tätigkeit ankreuzen",
        "create measures and tick them in the activity",
    ),
);
const BASIS: Rule = Rule::must(
    "basis_missing",
    "GDPR Art. 6(1)",
    "basis",
    Text::new(
        "es ist keine Rechtsgrundlage eingetragen; die Leitplanke lehnt die Tätigkeit ab",
        "no legal basis is entered; the gate refuses the activity",
    ),
    Text::new(
        "die Rechtsgrundlage wählen, auf der die Verarbeitung beruht",
        "choose the legal basis that the processing rests on",
    ),
);
const BALANCING: Rule = Rule::must(
    "balancing_missing",
    "GDPR Art. 6(1)(f)",
    "[activity.balancing]",
    Text::new(
        "die Interessenabwägung ist nicht vollständig, es fehlt",
        "the balancing of interests is incomplete, missing",
    ),
    Text::new(
        "jeden der drei Schritte der Interessenabwägung begründen",
        "give reasons for each of the three steps of the balancing test",
    ),
);
const BALANCING_UNSIGNED: Rule = Rule::should(
    "balancing_not_dated",
    "GDPR Art. 5(2)",
    "activity.balancing.decided_on, decided_by",
    Text::new(
        "bei der Interessenabwägung fehlt",
        "the balancing of interests lacks",
    ),
    Text::new(
        "eintragen, wann und von welcher Stelle entschieden wurde, damit die Entscheidung nachweisbar ist",
        "enter when and by which office it was decided, so that the decision can be shown",
    ),
);
const SPECIAL_GROUND: Rule = Rule::must(
    "special_ground_missing",
    "GDPR Art. 9(2)",
    "special_ground",
    Text::new(
        "besondere Kategorien werden verarbeitet, ohne dass eine Ausnahme vom Verbot eingetragen ist",
        "special categories are processed and no exception from the ban is entered",
    ),
    Text::new(
        "die Ausnahme nach Art. 9 Abs. 2 DSGVO wählen oder auf diese Daten verzichten",
        "choose the exception of Art. 9(2) GDPR or do without these data",
    ),
);
const SOURCES: Rule = Rule::should(
    "sources_missing",
    "GDPR Art. 14(2)(f)",
    "sources",
    Text::new(
        "es ist nicht eingetragen, woher die Daten stammen",
        "it is not entered where the data come from",
    ),
    Text::new(
        "ankreuzen, woher die Daten kommen; davon hängt ab, ob Art. 13 oder Art. 14 DSGVO gilt",
        "tick where the data come from; whether Art. 13 or Art. 14 GDPR applies depends on it",
    ),
);
const ENRICHMENT_SOURCE: Rule = Rule::must(
    "enrichment_source_missing",
    "GDPR Art. 14(2)(f)",
    "sources",
    Text::new(
        "Daten werden angereichert, aber als Quelle ist höchstens die betroffene Person eingetragen",
        "data are enriched, but at most the person is entered as a source",
    ),
    Text::new(
        "auch die weiteren Quellen ankreuzen, aus denen Daten ergänzt werden",
        "tick the further sources too, from which data are added",
    ),
);
const STORING: Rule = Rule::should(
    "storing_not_declared",
    "GDPR Art. 5(1)(b)",
    "channels",
    Text::new(
        "das Speichern ist nicht eingetragen; die Leitplanke lehnt es ab",
        "storing is not declared; the gate refuses it",
    ),
    Text::new(
        "„Speicherung“ ankreuzen, wenn die Daten für diesen Zweck vorgehalten werden",
        "tick “Storing” if the data are kept for this purpose",
    ),
);
const YEAR_END: Rule = Rule::should(
    "retention_year_end",
    "HGB § 257(5)",
    "activity.retention.from_year_end",
    Text::new(
        "die handels- oder steuerrechtliche Frist beginnt erst mit dem Ende des Kalenderjahrs",
        "the period under commercial or tax law only begins at the end of the calendar year",
    ),
    Text::new(
        "bei der Frist „beginnt erst am Jahresende“ ankreuzen",
        "tick “begins at the end of the year only” in the rule",
    ),
);
const TOO_SHORT: Rule = Rule::must(
    "retention_too_short",
    "HGB § 257(4)",
    "activity.retention.period",
    Text::new(
        "die Frist ist kürzer als die handels- oder steuerrechtliche; gelöscht wird erst nach dieser",
        "the period is shorter than the one under commercial or tax law; nothing goes before that one is over",
    ),
    Text::new(
        "6 Jahre für Geschäftsbriefe, 8 für Buchungsbelege, 10 für Bücher und Abschlüsse eintragen",
        "enter 6 years for business letters, 8 for vouchers, 10 for books and annual statements",
    ),
);
const APPLICANTS: Rule = Rule::should(
    "applicants_kept_long",
    "AGG § 15(4)",
    "activity.retention.period",
    Text::new(
        "Bewerbungen werden länger als sechs Monate nach der Absage aufbewahrt",
        "applications are kept longer than six months after the rejection",
    ),
    Text::new(
        "auf höchstens sechs Monate kürzen oder für einen Bewerberpool gesondert einwilligen lassen",
        "shorten it to six months at most, or ask for separate consent to a talent pool",
    ),
).to_be_checked();
const PRINCIPAL: Rule = Rule::must(
    "principal_missing",
    "GDPR Art. 30(2)(a)",
    "principal",
    Text::new(
        "es ist nicht eingetragen, für wen die Daten verarbeitet werden",
        "it is not entered for whom the data are processed",
    ),
    Text::new(
        "den Auftraggeber mit Anschrift eintragen",
        "enter the controller whom you act for, with the address",
    ),
);
const PROCESSOR_PURPOSE: Rule = Rule::must(
    "purpose_missing",
    "GDPR Art. 30(2)(b)",
    "purpose",
    Text::new(
        "die Verarbeitung im Auftrag ist nicht beschrieben",
        "the processing on behalf is not described",
    ),
    Text::new(
        "beschreiben, was im Auftrag geschieht",
        "describe what is done on behalf of the controller",
    ),
);
const PROCESSOR_MEASURES: Rule = Rule::should(
    "measures_missing",
    "GDPR Art. 30(2)(d)",
    MEASURES.key,
    MEASURES.finding,
    MEASURES.next_step,
);

pub(super) fn check(activity: &Activity, found: &mut Vec<Gap>) {
    let place = || Place::Activity(activity.id.clone());
    let mut push = |rule: &Rule| found.push(rule.at(place()));
    if activity.role == Role::Processor {
        check_processor(activity, &mut push);
        return;
    }
    if activity.purpose.is_none() {
        push(&PURPOSE);
    }
    if activity.retention.is_empty() {
        push(&RETENTION);
    }
    if activity.measures.is_empty() {
        push(&MEASURES);
    }
    if activity.basis.is_none() {
        push(&BASIS);
    }
    if !activity.special_data.is_empty() && activity.special_ground.is_none() {
        push(&SPECIAL_GROUND);
    }
    if activity.sources.is_empty() {
        push(&SOURCES);
    }
    if activity.declares(Channel::Enrichment)
        && activity
            .sources
            .iter()
            .all(|source| *source == Source::DataSubject)
    {
        push(&ENRICHMENT_SOURCE);
    }
    if !activity.declares(Channel::Storing) {
        push(&STORING);
    }
    for rule in &activity.retention {
        check_retention(rule, &mut push);
    }
    let categories = missing(&[
        (
            !activity.subjects.is_empty(),
            Text::new("betroffene Personen", "data subjects"),
        ),
        (!activity.data.is_empty(), Text::new("Daten", "data")),
    ]);
    if !categories.is_empty() {
        found.push(CATEGORIES.with(place(), categories));
    }
    if activity.basis == Some(LegalBasis::LegitimateInterests) {
        check_balancing(activity, found);
    }
}

fn check_processor(activity: &Activity, push: &mut impl FnMut(&Rule)) {
    if activity.principal.is_none() {
        push(&PRINCIPAL);
    }
    if activity.purpose.is_none() {
        push(&PROCESSOR_PURPOSE);
    }
    if activity.measures.is_empty() {
        push(&PROCESSOR_MEASURES);
    }
}

fn check_balancing(activity: &Activity, found: &mut Vec<Gap>) {
    let none = Balancing::default();
    let balancing = activity.balancing.as_ref().unwrap_or(&none);
    let place = || Place::Activity(activity.id.clone());
    let steps = missing(&[
        (
            balancing.interest.is_some(),
            Text::new("berechtigtes Interesse", "legitimate interest"),
        ),
        (
            balancing.necessity.is_some(),
            Text::new("Erforderlichkeit", "necessity"),
        ),
        (
            balancing.weighing.is_some(),
            Text::new("Abwägung", "weighing"),
        ),
    ]);
    if !steps.is_empty() {
        found.push(BALANCING.with(place(), steps));
        return;
    }
    let signature = missing(&[
        (
            balancing.decided_on.is_some(),
            Text::new("Tag der Entscheidung", "day of the decision"),
        ),
        (
            balancing.decided_by.is_some(),
            Text::new("wer entschieden hat", "who decided"),
        ),
    ]);
    if !signature.is_empty() {
        found.push(BALANCING_UNSIGNED.with(place(), signature));
    }
}

fn check_retention(rule: &Retention, push: &mut impl FnMut(&Rule)) {
    if let Some(documents) = rule.kept_by_statute() {
        if !rule.from_year_end {
            push(&YEAR_END);
        }
        let years = match documents {
            Documents::Letters => 6,
            Documents::Vouchers => 8,
            Documents::Books => 10,
        };
        if is_shorter(rule.period, years, Unit::Years) {
            push(&TOO_SHORT);
        }
    }
    let long = Period::new(6, Unit::Months).map_or(0, Period::longest_days);
    if rule.start == StartEvent::Rejection && rule.period.longest_days() > long {
        push(&APPLICANTS);
    }
}

fn is_shorter(period: Period, count: u16, unit: Unit) -> bool {
    let other = Period::new(count, unit).map_or(0, Period::longest_days);
    // 72 months are six years, although counted in days they come out a little different.
    period.longest_days() + 15 < other
}
