//! Puts a contact together from the cells of a row.

use law::Country;
use sha2::{Digest, Sha256};

use crate::contact::{
    CountryGuess, EmailFault, Fields, Kind, Line, PhoneFault, Salutation, has_legal_form,
    normalise, split_postcode,
};

use super::cells::{self, Answer};
use super::row::RawRow;
use super::{Column, Draft, Meaning, Plan, Reason, Warning};

/// What a row says, before it is judged.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) fields: Fields,
    full_name: Option<String>,
    house_number: Option<String>,
    postcode_sign: Option<Country>,
    firm: bool,
    /// With their headings, under which those are kept that can't be read.
    emails: Vec<(String, String)>,
    phones: Vec<(String, String, Line)>,
    claimed_consents: Vec<String>,
    claimed_objections: Vec<String>,
    pub(super) warnings: Vec<Warning>,
}

/// A row of a table as a draft, or why not.
pub(crate) fn draft(
    plan: &Plan,
    number: u64,
    row: &RawRow,
    home: Country,
) -> Result<Draft, Reason> {
    let width = plan.columns.len();
    let surplus = row
        .cells
        .iter()
        .skip(width)
        .any(|cell| !cell.trim().is_empty());
    if surplus {
        return Err(Reason::TooManyFields {
            found: row.cells.len(),
            expected: width,
        });
    }
    let mut parts = Parts::default();
    if row.cells.len() < width {
        parts.warnings.push(Warning::ShortRow);
    }
    for (column, cell) in plan.columns.iter().zip(&row.cells) {
        parts.take(column, cell)?;
    }
    parts.finish(
        number,
        row.line,
        digest(plan.columns.iter().zip(&row.cells)),
        home,
    )
}

/// Lengths are part of it, so that no two rows run together.
fn digest<'a>(cells: impl Iterator<Item = (&'a Column, &'a String)>) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(b"leitplanke/import-row/1");
    for (column, cell) in cells {
        for text in [column.heading.as_str(), cell.as_str()] {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text);
        }
    }
    hash.finalize().into()
}

impl Parts {
    fn take(&mut self, column: &Column, cell: &str) -> Result<(), Reason> {
        if column.meaning == Meaning::Ignore {
            return Ok(());
        }
        let text = normalise::text(cell);
        if text.is_empty() {
            return Ok(());
        }
        if text.contains('\u{fffd}') {
            return Err(Reason::Unreadable);
        }
        self.set(column.meaning, &column.heading, text);
        Ok(())
    }

    /// Notes one value. The first value of a field that can have only one stays; another one
    /// is kept under its heading.
    pub(super) fn set(&mut self, meaning: Meaning, heading: &str, text: String) {
        let fields = &mut self.fields;
        let field = match meaning {
            Meaning::Salutation => return self.salutation(heading, text),
            Meaning::Email => return self.addresses(heading, &text),
            Meaning::Phone => return self.numbers(heading, &text, Line::Phone),
            Meaning::Mobile => return self.numbers(heading, &text, Line::Mobile),
            Meaning::Fax => return self.numbers(heading, &text, Line::Fax),
            Meaning::Address => return self.address(heading, &text),
            Meaning::PostcodeCity => {
                let (postcode, city) = cells::postcode_city(&text);
                return self.place(heading, postcode, city);
            }
            Meaning::Postcode => return self.place(heading, Some(text), None),
            Meaning::Country => return self.country(heading, text),
            Meaning::ClaimedConsent => return self.consent(heading, &text),
            Meaning::ClaimedObjection => return self.objection(heading, &text),
            Meaning::Note => {
                let note = fields.note.get_or_insert_default();
                if !note.is_empty() {
                    note.push('\n');
                }
                return note.push_str(&text);
            }
            Meaning::Ignore => return,
            Meaning::Custom => return self.custom(heading, text),
            Meaning::Title => &mut fields.title,
            Meaning::GivenName => &mut fields.given_name,
            Meaning::FamilyName => &mut fields.family_name,
            Meaning::FullName => &mut self.full_name,
            Meaning::Company => &mut fields.company,
            Meaning::Position => &mut fields.position,
            Meaning::Department => &mut fields.department,
            Meaning::Street => &mut fields.street,
            Meaning::HouseNumber => &mut self.house_number,
            Meaning::City => &mut fields.city,
            Meaning::Language => &mut fields.language,
            Meaning::Website => &mut fields.website,
        };
        if matches!(
            meaning,
            Meaning::Company | Meaning::Position | Meaning::Department
        ) && normalise::is_placeholder(&text)
        {
            return;
        }
        match field {
            None => *field = Some(text),
            Some(first) if *first == text => {}
            Some(_) => self.custom(heading, text),
        }
    }

    fn custom(&mut self, heading: &str, text: String) {
        match self.fields.custom.get_mut(heading) {
            Some(known) => {
                known.push('\n');
                known.push_str(&text);
            }
            None => {
                self.fields.custom.insert(heading.to_owned(), text);
            }
        }
    }

    fn salutation(&mut self, heading: &str, text: String) {
        let found = Salutation::parse(&text);
        self.firm |= matches!(
            text.to_lowercase().as_str(),
            "firma" | "fa." | "unternehmen"
        );
        // `Herr Dr.` in the salutation column: the title is not lost.
        let titled = normalise::person_name(&text).title;
        if let (Some(title), None) = (titled, &self.fields.title) {
            self.fields.title = Some(title);
        }
        match found {
            Some(_) => self.fields.salutation = self.fields.salutation.or(found),
            None if self.firm || is_no_salutation(&text) => {}
            None => self.custom(heading, text),
        }
    }

    fn addresses(&mut self, heading: &str, text: &str) {
        self.emails.extend(
            addresses(text, cells::emails)
                .into_iter()
                .map(|address| (heading.to_owned(), address)),
        );
    }

    fn numbers(&mut self, heading: &str, text: &str, line: Line) {
        self.phones.extend(
            addresses(text, cells::phones)
                .into_iter()
                .map(|number| (heading.to_owned(), number, line)),
        );
    }

    fn address(&mut self, heading: &str, text: &str) {
        let parts = cells::address(text);
        if let Some(street) = parts.street {
            self.set(Meaning::Street, heading, street);
        }
        self.place(heading, parts.postcode, parts.city);
        if let Some(country) = parts.country {
            self.country(heading, country);
        }
    }

    fn place(&mut self, heading: &str, postcode: Option<String>, city: Option<String>) {
        if let Some(text) = postcode {
            let (sign, code) = split_postcode(&text);
            self.postcode_sign = self.postcode_sign.or(sign);
            match &self.fields.postcode {
                None => self.fields.postcode = Some(code),
                Some(first) if *first == code => {}
                Some(_) => self.custom(heading, code),
            }
        }
        if let Some(city) = city {
            self.set(Meaning::City, heading, city);
        }
    }

    fn country(&mut self, heading: &str, text: String) {
        if let Some(country) = normalise::country(&text) {
            self.fields.country = self.fields.country.or(Some(country));
        } else {
            self.warnings.push(Warning::Country);
            self.custom(heading, text);
        }
    }

    /// A claimed consent becomes a line of the note, an express no to advertising an objection.
    fn consent(&mut self, heading: &str, text: &str) {
        let answer = cells::answer(text);
        if answer == Answer::Silent {
            return;
        }
        self.set(
            Meaning::Note,
            heading,
            format!("{heading}: {text} (Angabe der importierten Liste, kein Nachweis)"),
        );
        let folded = heading.to_lowercase();
        if answer == Answer::Yes {
            self.claimed_consents.push(heading.to_owned());
        } else if ["werb", "kontakt", "contact", "marketing"]
            .iter()
            .any(|w| folded.contains(w))
        {
            self.claimed_objections.push(heading.to_owned());
        }
    }

    fn objection(&mut self, heading: &str, text: &str) {
        if cells::answer(text) == Answer::Yes {
            self.claimed_objections.push(heading.to_owned());
            self.set(Meaning::Note, heading, format!("{heading}: {text}"));
        }
    }

    /// Judges the parts and makes a draft of them.
    pub(super) fn finish(
        mut self,
        row: u64,
        line: u64,
        digest: [u8; 32],
        default: Country,
    ) -> Result<Draft, Reason> {
        self.names();
        if let Some(number) = self.house_number.take() {
            let street = self.fields.street.get_or_insert_default();
            if !street.ends_with(&number) {
                let joined = format!("{street} {number}");
                joined.trim().clone_into(street);
            }
        }
        let bad_email = self.read_emails();
        let home = CountryGuess::of(&self.fields, self.postcode_sign, default).country;
        let bad_phone = self.read_phones(home);
        self.judge(bad_email, bad_phone)?;
        let kind = Kind::of(&self.fields);
        let country = CountryGuess::of(&self.fields, self.postcode_sign, default);
        Ok(Draft {
            row,
            line,
            kind,
            country,
            fields: self.fields,
            claimed_consents: self.claimed_consents,
            claimed_objections: self.claimed_objections,
            warnings: self.warnings,
            digest,
        })
    }

    fn judge(
        &self,
        bad_email: Option<EmailFault>,
        bad_phone: Option<PhoneFault>,
    ) -> Result<(), Reason> {
        let fields = &self.fields;
        if !fields.emails.is_empty() || !fields.phones.is_empty() || fields.has_postal_address() {
            return Ok(());
        }
        if let Some(fault) = bad_email {
            return Err(Reason::Email(fault));
        }
        if let Some(fault) = bad_phone {
            return Err(Reason::Phone(fault));
        }
        let nameless = fields.street.is_some() && !fields.is_named();
        Err(if nameless {
            Reason::NoName
        } else {
            Reason::NoAddress
        })
    }

    fn read_emails(&mut self) -> Option<EmailFault> {
        let mut first = None;
        for (heading, text) in std::mem::take(&mut self.emails) {
            match normalise::email(&text) {
                Ok(email) => self.fields.add_email(email),
                Err(fault) => {
                    self.warnings.push(Warning::Email(fault));
                    first = first.or(Some(fault));
                    self.custom(&heading, text);
                }
            }
        }
        first
    }

    fn read_phones(&mut self, home: Country) -> Option<PhoneFault> {
        let mut first = None;
        for (heading, text, line) in std::mem::take(&mut self.phones) {
            match normalise::phone(&text, home) {
                Ok(phone) => self.fields.add_phone(phone.on(line)),
                Err(fault) => {
                    self.warnings.push(Warning::Phone(fault));
                    first = first.or(Some(fault));
                    self.custom(&heading, text);
                }
            }
        }
        first
    }

    fn names(&mut self) {
        if let Some(full) = self.full_name.take() {
            self.full_name(&full);
        }
        if let Some(family) = self.fields.family_name.take() {
            if self.fields.company.is_none() && (self.firm || has_legal_form(&family)) {
                self.fields.company = Some(family);
            } else if self.fields.given_name.is_none() && family.contains(',') {
                self.full_name(&family);
            } else {
                self.fields.family_name = self.bare_name(&family);
            }
        }
        if let Some(given) = self.fields.given_name.take() {
            self.fields.given_name = self.bare_name(&given);
        }
    }

    /// A whole name fills what no column of its own says.
    fn full_name(&mut self, text: &str) {
        let name = normalise::person_name(text);
        let fields = &mut self.fields;
        fields.salutation = fields.salutation.or(name.salutation);
        fields.title = fields.title.take().or(name.title);
        if self.firm && fields.company.is_none() {
            fields.company = Some(text.to_owned());
            return;
        }
        fields.company = fields.company.take().or(name.company);
        if fields.given_name.is_none() && fields.family_name.is_none() {
            fields.given_name = name.given;
            fields.family_name = name.family;
        }
    }

    /// A name part without `Frau` or `Dr.` before it, which are noted.
    fn bare_name(&mut self, text: &str) -> Option<String> {
        let name = normalise::person_name(text);
        if name.company.is_some() || text.contains(',') {
            return Some(text.to_owned());
        }
        self.fields.salutation = self.fields.salutation.or(name.salutation);
        self.fields.title = self.fields.title.take().or(name.title);
        let words: Vec<String> = [name.given, name.family].into_iter().flatten().collect();
        (!words.is_empty()).then(|| words.join(" "))
    }
}

fn is_no_salutation(text: &str) -> bool {
    let lower = text.to_lowercase();
    matches!(
        lower.as_str(),
        "divers" | "d" | "x" | "neutral" | "familie" | "eheleute" | "dr." | "prof."
    ) || lower.starts_with("sehr geehrte damen")
        || normalise::is_placeholder(&lower)
        || normalise::person_name(text).family.is_none()
}

/// The addresses of a cell; none if it says in words that there is none.
fn addresses(text: &str, split: fn(&str) -> Vec<String>) -> Vec<String> {
    split(text)
        .into_iter()
        .filter(|part| !normalise::is_placeholder(part))
        .collect()
}
