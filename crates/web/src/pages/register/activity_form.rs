//! Reading a form into an activity, and showing an activity in a form.

use law::facts::Purpose;
use law::{Channel, ChannelSet, Lang, LegalBasis};
use register::{
    ARGUMENTS, Action, Activity, Balancing, ConsentText, Documents, Period, Register, Retention,
    Role, Source, SpecialCategory, SpecialGround, StartEvent, Step, Unit,
};

use super::input::{Inputs, identifier};

/// Retention rules up to which a form offers room for one more.
pub const RULES: usize = 6;
/// Most retention rules that a form can have; with more it is refused, so that none is lost.
const MOST_RULES: usize = 100;

/// An activity with the wording of its consent, as a form has it.
pub struct Read {
    pub activity: Activity,
    pub consent_text: Option<ConsentText>,
}

/// What an activity and its wording look like in a form.
pub fn inputs(activity: &Activity, wording: Option<&ConsentText>) -> Inputs {
    let mut inputs = Inputs::default();
    inputs.add("id", &activity.id);
    inputs.add("name", &activity.name);
    inputs.add_some("purpose", activity.purpose.as_ref());
    inputs.add_some("same_purpose", activity.same_purpose.as_ref());
    inputs.add("purpose_kind", activity.purpose_kind.name());
    inputs.add("role", activity.role.name());
    inputs.add_some("principal", activity.principal.as_ref());
    inputs.add("basis", activity.basis.map_or("", LegalBasis::name));
    inputs.add("subjects", activity.subjects.join("\n"));
    inputs.add("data", activity.data.join("\n"));
    for value in &activity.special_data {
        inputs.add("special_data", value.name());
    }
    if let Some(ground) = activity.special_ground {
        inputs.add("special_ground", ground.name());
    }
    for value in &activity.sources {
        inputs.add("sources", value.name());
    }
    for value in &activity.recipients {
        inputs.add("recipients", value);
    }
    for value in activity.channels.iter() {
        inputs.add("channels", value.name());
    }
    inputs.add_some("goods_class", activity.goods_class.as_ref());
    for (name, on) in [
        ("individual_messages", activity.individual_messages),
        ("relates_to_function", activity.relates_to_function),
    ] {
        if on {
            inputs.add(name, "on");
        }
    }
    inputs.add_some("call_circumstances", activity.call_circumstances.as_ref());
    inputs.add_some("privacy_notice", activity.privacy_notice.as_ref());
    for value in &activity.measures {
        inputs.add("measures", value);
    }
    if let Some(balancing) = &activity.balancing {
        inputs.add_some("interest", balancing.interest.as_ref());
        inputs.add_some("necessity", balancing.necessity.as_ref());
        inputs.add_some("weighing", balancing.weighing.as_ref());
        if let Some(day) = balancing.decided_on {
            inputs.add("decided_on", day.to_string());
        }
        inputs.add_some("decided_by", balancing.decided_by.as_ref());
    }
    for (at, rule) in activity.retention.iter().enumerate() {
        inputs.add_some(format!("covers-{at}"), rule.covers.as_ref());
        if let Some(documents) = rule.documents {
            inputs.add(format!("documents-{at}"), documents.name());
        }
        inputs.add(format!("start-{at}"), rule.start.name());
        inputs.add(format!("count-{at}"), rule.period.count().to_string());
        inputs.add(format!("unit-{at}"), rule.period.unit().name());
        if rule.from_year_end {
            inputs.add(format!("from_year_end-{at}"), "on");
        }
        inputs.add_some(format!("provision-{at}"), rule.provision.as_ref());
        inputs.add(format!("action-{at}"), rule.action.name());
    }
    if let Some(wording) = wording {
        inputs.add_some("consent_de", wording.de.as_ref());
        inputs.add_some("consent_en", wording.en.as_ref());
    }
    inputs
}

/// The activity that a form holds; the names of the inputs that can't be read.
pub fn read(inputs: &Inputs, register: &Register, lang: Lang) -> Result<Read, Vec<&'static str>> {
    let mut wrong = Vec::new();
    let name = inputs.get("name").to_owned();
    if name.is_empty() {
        wrong.push("name");
    }
    let kind = named(&Purpose::ALL, inputs.get("purpose_kind"), Purpose::name);
    if kind.is_none() {
        wrong.push("purpose_kind");
    }
    let id = inputs
        .some("id")
        .unwrap_or_else(|| identifier(&name, |id| register.activity(id).is_some()));
    let decided_on = inputs.day("decided_on").unwrap_or_else(|name| {
        wrong.push(name);
        None
    });
    let basis = named(&LegalBasis::ALL, inputs.get("basis"), LegalBasis::name);
    let retention = retention(inputs, &mut wrong);
    let channels = chosen(&Channel::ALL, inputs, "channels", Channel::name);
    let channels: ChannelSet = channels.into_iter().collect();
    let balancing = Balancing {
        interest: argued(inputs, Step::Interest, "interest", lang),
        necessity: argued(inputs, Step::Necessity, "necessity", lang),
        weighing: argued(inputs, Step::Weighing, "weighing", lang),
        decided_on,
        decided_by: inputs.some("decided_by"),
    };
    let mut activity = Activity {
        name,
        purpose: inputs.some("purpose"),
        same_purpose: inputs.some("same_purpose"),
        purpose_kind: kind.unwrap_or_default(),
        role: named(Role::ALL, inputs.get("role"), Role::name).unwrap_or(Role::Controller),
        principal: inputs.some("principal"),
        basis,
        subjects: inputs.lines("subjects"),
        data: inputs.lines("data"),
        special_data: chosen(
            SpecialCategory::ALL,
            inputs,
            "special_data",
            SpecialCategory::name,
        ),
        special_ground: named(
            SpecialGround::ALL,
            inputs.get("special_ground"),
            SpecialGround::name,
        ),
        sources: chosen(Source::ALL, inputs, "sources", Source::name),
        recipients: inputs.all("recipients").map(str::to_owned).collect(),
        channels,
        goods_class: inputs.some("goods_class"),
        individual_messages: inputs.is_on("individual_messages"),
        relates_to_function: inputs.is_on("relates_to_function"),
        call_circumstances: inputs.some("call_circumstances"),
        privacy_notice: inputs.some("privacy_notice"),
        measures: inputs.all("measures").map(str::to_owned).collect(),
        balancing: (balancing != Balancing::default()).then_some(balancing),
        retention,
        id,
    };
    if !wrong.is_empty() {
        return Err(wrong);
    }
    if let Some(before) = register.activity(&activity.id) {
        in_order_of(&mut activity.special_data, &before.special_data);
        in_order_of(&mut activity.sources, &before.sources);
        in_order_of(&mut activity.recipients, &before.recipients);
        in_order_of(&mut activity.measures, &before.measures);
    }
    let consent_text = wording(inputs, &activity, register);
    Ok(Read {
        activity,
        consent_text,
    })
}

/// A form shows choices in its own order; that alone is no change of the register.
fn in_order_of<T: PartialEq>(chosen: &mut [T], before: &[T]) {
    let place = |value: &T| before.iter().position(|old| old == value);
    chosen.sort_by_key(|value| place(value).unwrap_or(usize::MAX));
}

/// How many retention rules a form has, empty ones included; one too many says no more.
pub fn rules(inputs: &Inputs) -> usize {
    let numbered = ["start", "count"].map(|name| inputs.numbered(name));
    let most = numbered.into_iter().max().unwrap_or_default();
    most.min(MOST_RULES + 1)
}

/// The wording of the activity's consent. A new wording is for the channels of the activity that a
/// consent names. One that stays as it is stays for the channels that it was for, and one that
/// asks for other purposes too is never widened by one of them: people agree to nothing by that.
fn wording(inputs: &Inputs, activity: &Activity, register: &Register) -> Option<ConsentText> {
    let (de, en) = (inputs.some("consent_de"), inputs.some("consent_en"));
    if activity.basis != Some(LegalBasis::Consent) || (de.is_none() && en.is_none()) {
        return None;
    }
    let known = register.consent_texts_for(&activity.id).next();
    let trimmed = |text: &Option<String>| text.as_deref().map(|text| text.trim().to_owned());
    if let Some(known) = known.filter(|known| trimmed(&known.de) == de && trimmed(&known.en) == en)
    {
        return Some(known.clone());
    }
    let reaching: ChannelSet = activity
        .channels
        .iter()
        .filter(|channel| channel.reaches_people())
        .collect();
    Some(ConsentText {
        id: known.map_or_else(|| activity.id.clone(), |text| text.id.clone()),
        version: known.map_or(1, |text| text.version),
        purposes: known.map_or_else(|| vec![activity.id.clone()], |text| text.purposes.clone()),
        channels: match known {
            Some(text) if text.purposes.len() > 1 => text.channels,
            _ if reaching.is_empty() => activity.channels,
            _ => reaching,
        },
        de,
        en,
    })
}

/// What was written for a step, with the arguments that were ticked.
fn argued(inputs: &Inputs, step: Step, name: &'static str, lang: Lang) -> Option<String> {
    let mut parts: Vec<String> = inputs.some(name).into_iter().collect();
    for argument in ARGUMENTS.iter().filter(|argument| argument.step == step) {
        let text = argument.text.get(lang);
        if inputs.has("argument", argument.id) && !parts.iter().any(|part| part.contains(text)) {
            parts.push(text.to_owned());
        }
    }
    (!parts.is_empty()).then(|| parts.join("; "))
}

fn retention(inputs: &Inputs, wrong: &mut Vec<&'static str>) -> Vec<Retention> {
    let mut rules = Vec::new();
    let count = self::rules(inputs);
    if count > MOST_RULES {
        wrong.push("retention");
        return rules;
    }
    for at in 0..count {
        let input = |name: &str| inputs.get(&format!("{name}-{at}"));
        let start = named(StartEvent::ALL, input("start"), StartEvent::name);
        let count = input("count");
        if start.is_none() && count.is_empty() {
            continue;
        }
        let unit = named(Unit::ALL, input("unit"), Unit::name);
        let period = count
            .parse()
            .ok()
            .zip(unit)
            .and_then(|(count, unit)| Period::new(count, unit));
        let action = named(Action::ALL, input("action"), Action::name).unwrap_or(Action::Erase);
        let (Some(start), Some(period)) = (start, period) else {
            wrong.push("retention");
            continue;
        };
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        rules.push(Retention {
            covers: some(input("covers")),
            documents: named(Documents::ALL, input("documents"), Documents::name),
            start,
            period,
            from_year_end: input("from_year_end") == "on",
            provision: some(input("provision")),
            action,
        });
    }
    rules
}

/// The value with this name.
pub fn named<T: Copy>(all: &[T], name: &str, of: impl Fn(T) -> &'static str) -> Option<T> {
    all.iter().copied().find(|value| of(*value) == name)
}

/// The values that were ticked, in the list's order.
pub fn chosen<T: Copy>(
    all: &[T],
    inputs: &Inputs,
    name: &str,
    of: impl Fn(T) -> &'static str,
) -> Vec<T> {
    let ticked = all.iter().copied();
    ticked
        .filter(|value| inputs.has(name, of(*value)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_activity_comes_back_from_its_form_as_it_was() {
        let register = Register::parse(register::SAMPLE).unwrap();
        for activity in &register.activities {
            let wording = register.consent_texts_for(&activity.id).next();
            let read = read(&inputs(activity, wording), &register, Lang::De).unwrap();
            assert_eq!(&read.activity, activity);
            let asked = wording.filter(|_| activity.basis == Some(LegalBasis::Consent));
            assert_eq!(read.consent_text.as_ref(), asked);
        }
    }

    #[test]
    fn a_consent_is_widened_by_a_new_wording_for_one_purpose_alone() {
        let mut register = Register::parse(register::SAMPLE).unwrap();
        let newsletter = |activity: &&mut Activity| activity.id == "newsletter";
        let activity = register.activities.iter_mut().find(newsletter).unwrap();
        activity.channels = [Channel::Email, Channel::Phone].into_iter().collect();
        let activity = activity.clone();
        let channels = |register: &Register, de: Option<&str>| {
            let mut wording = register.consent_texts_for(&activity.id).next().cloned();
            let before = wording.as_ref().unwrap().channels;
            if let (Some(text), Some(de)) = (&mut wording, de) {
                text.de = Some(de.to_owned());
            }
            let read = read(&inputs(&activity, wording.as_ref()), register, Lang::De).unwrap();
            (before, read.consent_text.unwrap().channels)
        };
        let email: ChannelSet = [Channel::Email].into_iter().collect();
        assert_eq!(channels(&register, None), (email, email));
        let new = Some("Ja, auch am Telefon");
        assert_eq!(channels(&register, new), (email, activity.channels));
        for text in &mut register.consent_texts {
            text.purposes.push("lead-forms".to_owned());
        }
        assert_eq!(channels(&register, new), (email, email));
    }

    #[test]
    fn no_retention_rule_is_lost_however_many_there_are() {
        let register = Register::parse(register::SAMPLE).unwrap();
        let mut activity = register.activities[0].clone();
        let rule = activity.retention[0].clone();
        activity.retention = vec![rule; RULES + 3];
        let form = inputs(&activity, None);
        let read = read(&form, &register, Lang::De).unwrap();
        assert_eq!(read.activity.retention, activity.retention);
        let mut filled = Inputs::default();
        for at in 0..=MOST_RULES {
            filled.add(format!("start-{at}"), "");
        }
        let mut wrong = Vec::new();
        retention(&filled, &mut wrong);
        assert_eq!(wrong, ["retention"]);
    }

    #[test]
    fn what_can_not_be_read_is_named() {
        let register = Register::parse(register::SAMPLE).unwrap();
        let mut inputs = Inputs::default();
        inputs.add("start-0", "collection");
        inputs.add("count-0", "many");
        inputs.add("decided_on", "yesterday");
        let wrong = read(&inputs, &register, Lang::De).err().unwrap();
        assert_eq!(wrong, ["name", "purpose_kind", "decided_on", "retention"]);
    }

    #[test]
    fn ticked_arguments_are_added_once() {
        let mut inputs = Inputs::default();
        inputs.add("argument", "direct-marketing");
        inputs.add("interest", "Absatz");
        let once = argued(&inputs, Step::Interest, "interest", Lang::De).unwrap();
        assert!(once.starts_with("Absatz; Direktwerbung"));
        let mut again = Inputs::default();
        again.add("argument", "direct-marketing");
        again.add("interest", &once);
        assert_eq!(
            argued(&again, Step::Interest, "interest", Lang::De),
            Some(once)
        );
    }
}
