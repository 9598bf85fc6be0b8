//! Arguments that recur in a balancing of interests (GDPR Art. 6(1)(f)), to be used again. They
//! are a start: each has to be true of the case.

use law::Text;

/// A step of the balancing (EDPB Guidelines 1/2024).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Which legitimate interest is pursued.
    Interest,
    /// Why the processing is necessary for it.
    Necessity,
    /// Why the person's interests do not override it.
    Weighing,
}

/// An argument.
#[derive(Clone, Copy, Debug)]
pub struct Argument {
    /// Names it in forms.
    pub id: &'static str,
    /// For which step.
    pub step: Step,
    /// What it says.
    pub text: Text,
}

const fn argument(id: &'static str, step: Step, de: &'static str, en: &'static str) -> Argument {
    Argument {
        id,
        step,
        text: Text::new(de, en),
    }
}

/// Every argument, in the order of the steps.
pub static ARGUMENTS: [Argument; 12] = [
    argument(
        "direct-marketing",
        Step::Interest,
        "Direktwerbung für eigene Produkte kann ein berechtigtes Interesse sein (Erwägungsgrund 47 Satz 7 DSGVO)",
        "Direct marketing for our own products may be a legitimate interest (recital 47 sentence 7 GDPR)",
    ),
    argument(
        "existing-customers",
        Step::Interest,
        "Bindung bestehender Kunden und Absatz passender eigener Waren",
        "Keeping existing customers and selling them fitting goods of our own",
    ),
    argument(
        "it-security",
        Step::Interest,
        "Sicherheit der eigenen Systeme (Erwägungsgrund 49 DSGVO)",
        "Security of our own systems (recital 49 GDPR)",
    ),
    argument(
        "legal-claims",
        Step::Interest,
        "Geltendmachung und Abwehr von Rechtsansprüchen",
        "Asserting and defending legal claims",
    ),
    argument(
        "few-data",
        Step::Necessity,
        "Es werden nur geschäftliche Kontaktdaten verwendet; mit weniger Daten ist der Zweck nicht zu erreichen",
        "Only business contact details are used; the purpose can't be reached with fewer data",
    ),
    argument(
        "milder-means",
        Step::Necessity,
        "Mildere Mittel, etwa allgemeine Anzeigen, erreichen die Betroffenen nicht zum Zeitpunkt des Bedarfs",
        "Milder means such as general advertisements do not reach the persons when they have the need",
    ),
    argument(
        "short-storage",
        Step::Necessity,
        "Die Daten werden gelöscht, sobald sie für den Zweck nicht mehr gebraucht werden",
        "The data are erased as soon as the purpose does not need them any more",
    ),
    argument(
        "reasonable-expectation",
        Step::Weighing,
        "Die Betroffenen rechnen wegen der bestehenden Geschäftsbeziehung damit (Erwägungsgrund 47 Satz 1 DSGVO)",
        "The persons expect it because of the existing business relation (recital 47 sentence 1 GDPR)",
    ),
    argument(
        "professional-role",
        Step::Weighing,
        "Angesprochen werden Personen nur in ihrer beruflichen Rolle, nicht im privaten Bereich",
        "Persons are addressed only in their professional role, not in their private sphere",
    ),
    argument(
        "easy-objection",
        Step::Weighing,
        "Jede Nachricht weist auf das Widerspruchsrecht hin; ein Widerspruch wirkt sofort (Art. 21 Abs. 2 bis 4 DSGVO)",
        "Every message points to the right to object; an objection takes effect at once (Art. 21(2) to (4) GDPR)",
    ),
    argument(
        "no-sensitive-data",
        Step::Weighing,
        "Keine besonderen Kategorien, keine Kinder, keine Profilbildung",
        "No special categories, no children, no profiling",
    ),
    argument(
        "informed",
        Step::Weighing,
        "Die Betroffenen werden nach Art. 13 oder 14 DSGVO informiert, auch über die Interessen",
        "The persons are informed under Art. 13 or 14 GDPR, of the interests too",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_argument_has_a_name_of_its_own_and_each_step_has_some() {
        for (at, argument) in ARGUMENTS.iter().enumerate() {
            assert!(ARGUMENTS[..at].iter().all(|other| other.id != argument.id));
        }
        for step in [Step::Interest, Step::Necessity, Step::Weighing] {
            assert!(ARGUMENTS.iter().filter(|found| found.step == step).count() >= 3);
        }
    }
}
