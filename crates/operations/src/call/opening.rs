//! The sentence with which a call begins: who calls, for whom, and that it is advertising (BGB
//! § 312a(1)).

use law::{Lang, LegalBasis};

/// What the sentence says.
pub struct Opening<'a> {
    /// Who calls; a list leaves room for the name.
    pub caller: Option<&'a str>,
    /// For whom.
    pub organisation: &'a str,
    /// What it is about, if that was written down.
    pub topic: Option<&'a str>,
    /// The legal basis of the call.
    pub basis: Option<LegalBasis>,
    /// Whether there is a circumstance that the caller can name.
    pub has_circumstance: bool,
}

impl Opening<'_> {
    /// The sentence.
    pub fn text(&self, lang: Lang) -> String {
        let (caller, organisation) = (self.caller.unwrap_or("…"), self.organisation);
        let (begin, why, end) = match lang {
            Lang::De => (
                match self.topic {
                    Some(topic) => {
                        format!("Es ist ein Werbeanruf, es geht um ein Angebot: {topic}.")
                    }
                    None => "Es ist ein Werbeanruf: Ich möchte Ihnen unser Angebot vorstellen."
                        .to_owned(),
                },
                match (self.basis, self.has_circumstance) {
                    (Some(LegalBasis::Consent), _) => "Sie haben uns erlaubt, Sie dazu anzurufen.",
                    (_, true) => "Ich sage Ihnen gleich, aus welchem Anlass.",
                    (_, false) => "Wenn Sie das nicht möchten, sagen Sie es mir bitte.",
                },
                "Passt es Ihnen gerade? Wenn Sie keine Anrufe mehr wünschen, halte ich das sofort fest.",
            ),
            Lang::En => (
                match self.topic {
                    Some(topic) => format!("This is an advertising call about an offer: {topic}."),
                    None => {
                        "This is an advertising call: I would like to present our offer to you."
                            .to_owned()
                    }
                },
                match (self.basis, self.has_circumstance) {
                    (Some(LegalBasis::Consent), _) => "You allowed us to call you about it.",
                    (_, true) => "I will tell you at once for what reason.",
                    (_, false) => "If you do not want that, please tell me.",
                },
                "Is now a good time? If you want no more calls, I will note that at once.",
            ),
        };
        let hello = match lang {
            Lang::De => {
                format!("Guten Tag, mein Name ist {caller}, ich rufe für {organisation} an.")
            }
            Lang::En => format!("Good day, my name is {caller}, I am calling for {organisation}."),
        };
        format!("{hello} {begin} {why} {end}")
    }
}
