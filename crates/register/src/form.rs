//! Lead forms: what is asked, why, under which consents, and what the person gets for it
//! (GDPR Art. 5(1)(c), 7, 13).

use law::{Lang, Text};

use crate::text::{EntryKind, FaultKind, Section, Table};
use crate::word::words;

words! {
    /// What a form is for.
    pub enum FormKind {
        /// A document to download.
        Whitepaper = "whitepaper", "Whitepaper", "whitepaper";
        /// Registration for a webinar.
        Webinar = "webinar", "Webinar", "webinar";
        /// A question to the organisation.
        Contact = "contact", "Kontaktanfrage", "contact request";
        /// A request for a demonstration.
        DemoRequest = "demo_request", "Vorführung anfragen", "demo request";
        /// Subscription to news.
        Newsletter = "newsletter", "Newsletter", "newsletter";
    }
}

words! {
    /// What a form may ask for.
    pub enum FormField {
        /// E-mail address. Every form has it: the answer and the proof go there.
        Email = "email", "E-Mail-Adresse", "e-mail address";
        /// Given name.
        GivenName = "given_name", "Vorname", "given name";
        /// Family name.
        FamilyName = "family_name", "Nachname", "family name";
        /// Company.
        Company = "company", "Firma", "company";
        /// Position in the company.
        Position = "position", "Position", "position";
        /// Telephone number.
        Phone = "phone", "Telefonnummer", "telephone number";
        /// Street and number.
        Street = "street", "Straße und Hausnummer", "street and number";
        /// Postal code.
        PostalCode = "postal_code", "Postleitzahl", "postal code";
        /// City.
        City = "city", "Ort", "city";
        /// What the person wants to say.
        Message = "message", "Nachricht", "message";
    }
}

words! {
    /// When the person gets the file.
    pub enum Delivery {
        /// On the page that follows the form.
        AtOnce = "at_once", "sofort auf der nächsten Seite", "at once on the next page";
        /// By a link in a mail to the address that was given: whoever wants the file proves the
        /// address by it.
        ByMail = "by_mail", "per Link an die E-Mail-Adresse", "by a link to the e-mail address";
    }
}

/// A question of a form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormQuestion {
    /// What is asked for.
    pub field: FormField,
    /// Whether the form can't be sent without it.
    pub required: bool,
    /// Why it is asked, in German, as the form says.
    pub why_de: Option<String>,
    /// Why it is asked, in English.
    pub why_en: Option<String>,
}

/// A lead form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Form {
    /// Identifier; part of the form's address.
    pub id: String,
    /// What people here call it.
    pub name: String,
    /// What it is for.
    pub kind: FormKind,
    /// The activity that answers what the person asks for, by identifier.
    pub activity: String,
    /// The heading in German.
    pub title_de: Option<String>,
    /// The heading in English.
    pub title_en: Option<String>,
    /// What the person is told before the questions, in German.
    pub intro_de: Option<String>,
    /// The same in English.
    pub intro_en: Option<String>,
    /// What is asked, in this order.
    pub questions: Vec<FormQuestion>,
    /// The wordings of the consents that are offered, by identifier; each has an empty box of its
    /// own and none of them is needed to send the form.
    pub consents: Vec<String>,
    /// SHA-256 of the file that the person gets, in hexadecimal digits.
    pub file: Option<String>,
    /// The file's name.
    pub file_name: Option<String>,
    /// When the person gets it.
    pub delivery: Option<Delivery>,
    /// Websites that may show the form, for example `https://www.musterbau.example`.
    pub origins: Vec<String>,
    /// After how many days data are deleted that nobody confirmed; 1 to 30.
    pub unconfirmed_days: u32,
    /// Why network address and browser are kept with the proof; they aren't without a reason.
    pub keep_ip_reason: Option<String>,
    /// For how many days they are kept; at most 365.
    pub keep_ip_days: u32,
    /// The form that this one is a variant of, to be compared with it; both share the address of
    /// that form.
    pub variant_of: Option<String>,
    /// The form takes nothing any more.
    pub closed: bool,
}

/// Days after which unconfirmed data go, unless the form says otherwise.
const UNCONFIRMED_DAYS: u32 = 7;
/// Days for which network addresses are kept, unless the form says otherwise.
const KEEP_IP_DAYS: u32 = 90;

/// Why no form may ask for it, and what is lawful instead (GDPR Art. 7(4), recital 43; EDPB
/// Guidelines 05/2020 examples 1 and 6).
pub const BUNDLED: Text = Text::new(
    "Der Abruf darf nicht davon abhängen, dass jemand in Werbung einwilligt: Die Einwilligung wäre \
     nicht freiwillig (Art. 7 Abs. 4 DSGVO) und trüge nichts. Erlaubt ist: die Datei ohne \
     Einwilligung geben und daneben ein leeres, freiwilliges Kästchen anbieten; die Datei an die \
     E-Mail-Adresse senden und in dieser Nachricht nicht werben; oder sie gegen ein angemessenes \
     Entgelt als gleichwertige Wahl anbieten.",
    "The download must not depend on consent to advertising: the consent would not be freely given \
     (GDPR Art. 7(4)) and would carry nothing. Lawful instead: give the file without consent and \
     offer an empty, voluntary box beside it; send the file to the e-mail address and do not \
     advertise in that message; or offer it for an appropriate fee as an equal choice.",
);

impl Form {
    /// A form with the one question that every form has.
    pub fn new(id: &str, name: &str, kind: FormKind, activity: &str) -> Self {
        Self {
            id: id.to_owned(),
            name: name.to_owned(),
            kind,
            activity: activity.to_owned(),
            title_de: None,
            title_en: None,
            intro_de: None,
            intro_en: None,
            questions: vec![FormQuestion::email()],
            consents: Vec::new(),
            file: None,
            file_name: None,
            delivery: None,
            origins: Vec::new(),
            unconfirmed_days: UNCONFIRMED_DAYS,
            keep_ip_reason: None,
            keep_ip_days: KEEP_IP_DAYS,
            variant_of: None,
            closed: false,
        }
    }

    /// The heading in `lang`, or what there is.
    pub fn title(&self, lang: Lang) -> &str {
        let (first, second) = in_order(lang, self.title_de.as_ref(), self.title_en.as_ref());
        first.or(second).map_or(&self.name, String::as_str)
    }

    /// What the person is told before the questions, in `lang` or what there is.
    pub fn intro(&self, lang: Lang) -> Option<&str> {
        let (first, second) = in_order(lang, self.intro_de.as_ref(), self.intro_en.as_ref());
        first.or(second).map(String::as_str)
    }

    /// The question for a field.
    pub fn question(&self, field: FormField) -> Option<&FormQuestion> {
        self.questions
            .iter()
            .find(|question| question.field == field)
    }

    pub(crate) fn read(mut section: Section<'_, '_>) -> Option<Self> {
        let id = section.id(EntryKind::Form);
        let name = section.required_text("name", "name = \"Whitepaper Fräsen\"");
        let kind = section.required_word("kind", "kind = \"whitepaper\"");
        let activity = section.required_reference(
            "activity",
            EntryKind::Activity,
            "activity = \"lead-forms\"",
        );
        let titles = (section.text("title_de"), section.text("title_en"));
        let intros = (section.text("intro_de"), section.text("intro_en"));
        let questions = section.tables("question");
        let questions: Vec<_> = questions
            .into_iter()
            .filter_map(FormQuestion::read)
            .collect();
        let consents = section.texts("consents");
        let file = section.parsed("file", file_hash, FaultKind::BadFile);
        let file_name = section.text("file_name");
        let delivery = section.word("delivery");
        section.forbidden_flag("download_needs_consent", BUNDLED);
        let origins = section.texts("origins");
        let unconfirmed_days = section.number("unconfirmed_days", 1, 30);
        let keep_ip_reason = section.text("keep_ip_reason");
        let keep_ip_days = section.number("keep_ip_days", 1, 365);
        let variant_of = section.reference("variant_of", EntryKind::Form);
        let closed = section.flag("closed");
        section.finish();
        Some(Self {
            title_de: titles.0,
            title_en: titles.1,
            intro_de: intros.0,
            intro_en: intros.1,
            questions: with_email(questions),
            consents,
            file,
            file_name,
            delivery,
            origins,
            unconfirmed_days: unconfirmed_days.unwrap_or(UNCONFIRMED_DAYS),
            keep_ip_reason,
            keep_ip_days: keep_ip_days.unwrap_or(KEEP_IP_DAYS),
            variant_of,
            closed,
            ..Self::new(&id?, &name?, kind?, &activity?)
        })
    }

    pub(crate) fn tree(&self) -> Table {
        let other = |days: u32, usual: u32| (days != usual).then_some(days);
        let questions: Vec<_> = self
            .questions
            .iter()
            .map(|question| (Some(question.field.name().to_owned()), question.tree()))
            .collect();
        Table::default()
            .with("id", &self.id)
            .with("name", &self.name)
            .with("kind", self.kind.name())
            .with("activity", &self.activity)
            .maybe("title_de", self.title_de.as_ref())
            .maybe("title_en", self.title_en.as_ref())
            .maybe("intro_de", self.intro_de.as_ref())
            .maybe("intro_en", self.intro_en.as_ref())
            .texts("consents", &self.consents)
            .maybe("file", self.file.as_ref())
            .maybe("file_name", self.file_name.as_ref())
            .maybe("delivery", self.delivery.map(Delivery::name))
            .texts("origins", &self.origins)
            .maybe(
                "unconfirmed_days",
                other(self.unconfirmed_days, UNCONFIRMED_DAYS),
            )
            .maybe("keep_ip_reason", self.keep_ip_reason.as_ref())
            .maybe("keep_ip_days", other(self.keep_ip_days, KEEP_IP_DAYS))
            .maybe("variant_of", self.variant_of.as_ref())
            .flag("closed", self.closed)
            .with("question", crate::text::Node::Tables(questions))
    }
}

impl FormQuestion {
    fn email() -> Self {
        Self {
            field: FormField::Email,
            required: true,
            why_de: None,
            why_en: None,
        }
    }

    /// Why it is asked, in `lang` or what there is.
    pub fn why(&self, lang: Lang) -> Option<&str> {
        let (first, second) = in_order(lang, self.why_de.as_ref(), self.why_en.as_ref());
        first.or(second).map(String::as_str)
    }

    fn read(mut section: Section<'_, '_>) -> Option<Self> {
        let field = section.required_word("field", "field = \"company\"");
        let question = Self {
            required: section.flag("required"),
            why_de: section.text("why_de"),
            why_en: section.text("why_en"),
            field: field.unwrap_or(FormField::Email),
        };
        section.finish();
        field.map(|_| question)
    }

    fn tree(&self) -> Table {
        Table::default()
            .with("field", self.field.name())
            .flag("required", self.required)
            .maybe("why_de", self.why_de.as_ref())
            .maybe("why_en", self.why_en.as_ref())
    }
}

/// The answer and the proof go to the address, so it is always asked and always needed. Each field
/// is asked once.
fn with_email(questions: Vec<FormQuestion>) -> Vec<FormQuestion> {
    let mut once: Vec<FormQuestion> = Vec::new();
    for mut question in questions {
        question.required |= question.field == FormField::Email;
        if once.iter().all(|known| known.field != question.field) {
            once.push(question);
        }
    }
    if once
        .iter()
        .all(|question| question.field != FormField::Email)
    {
        once.insert(0, FormQuestion::email());
    }
    once
}

fn in_order<T>(lang: Lang, de: T, en: T) -> (T, T) {
    match lang {
        Lang::De => (de, en),
        Lang::En => (en, de),
    }
}

fn file_hash(text: &str) -> Option<String> {
    let hexadecimal = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    (text.len() == 64 && text.bytes().all(hexadecimal)).then(|| text.to_owned())
}
