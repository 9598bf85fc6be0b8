//! The existing-customer file (Bestandskundendatei): who bought something, and whether the four conditions
//! of UWG § 7(3) are met for what is advertised now (Directive 2002/58 Art. 13(2)).

use jiff::civil::Date;
use law::facts::RelationKind;
use law::gate::Verdict;
use law::{Channel, Lang};
use store::{Id, Tx};

use crate::browse::{ContactLine, line};
use crate::dossier::{Dossier, Question};
use crate::person::Person;
use crate::{Decided, Error, Organisation, decide, words};

/// Which customers are shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CustomersWho {
    /// Who may be written to by e-mail.
    MayBeWrittenTo,
    /// Who may not, so that what is missing can be seen.
    MayNot,
}

/// A part of the file, in the order in which contacts were taken in.
#[derive(Clone, Debug)]
pub struct CustomerFile {
    /// The customers.
    pub lines: Vec<CustomerLine>,
    /// The id after which the next part begins; `None` at the end.
    pub next: Option<String>,
}

/// A customer.
#[derive(Clone, Debug)]
pub struct CustomerLine {
    /// The contact.
    pub contact: ContactLine,
    /// What was sold, the last sale first.
    pub sales: Vec<SaleLine>,
    /// What the gate says of an e-mail.
    pub decided: Decided,
}

/// A sale with the conditions that hang on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaleLine {
    /// The class of the goods, by its name in the register.
    pub goods: String,
    /// When.
    pub sold_on: Date,
    /// What kind of relation it was.
    pub relation: RelationKind,
    /// Whether it was a sale by this organisation and the address came with it (Nr. 1).
    pub address_from_sale: bool,
    /// Whether what is advertised now is similar (Nr. 2); `None` while nobody has decided that.
    pub similar: Option<bool>,
    /// Whether the right to object was pointed out then (Nr. 4).
    pub notice_at_collection: bool,
}

/// Customers read at a time, and the most that are looked at for one part.
const PAGE: u32 = 200;
const MOST_READ: usize = 5_000;

impl Organisation {
    /// A part of the existing-customer file for an activity: at most `limit` customers after `after`.
    /// Less may come although there are more, where few of very many belong there.
    ///
    /// # Errors
    /// When the activity is unknown or sends no e-mail, `after` is no id, or the database can't be read.
    pub fn customer_file(
        &self,
        activity: &str,
        who: CustomersWho,
        after: Option<&str>,
        limit: usize,
        (on, lang): (Date, Lang),
    ) -> Result<CustomerFile, Error> {
        let mut after = match after {
            Some(text) => Some(text.parse::<Id>().map_err(|_| Error::ContactText)?),
            None => None,
        };
        self.store().read(|tx| {
            let register = self.register(tx)?;
            let question = Question::new(&register, activity, Channel::Email)?;
            let (mut lines, mut read) = (Vec::new(), 0);
            loop {
                let page = store::sale::contacts(tx, self.id(), after, PAGE)?;
                let whole = page.len() == PAGE as usize;
                read += page.len();
                for id in page {
                    after = Some(id);
                    lines.extend(customer(tx, self, id, who, &question, (on, lang))?);
                    if lines.len() == limit {
                        let next = after.map(|id| id.to_string());
                        return Ok(CustomerFile { lines, next });
                    }
                }
                if !whole || read >= MOST_READ {
                    let next = after.filter(|_| whole).map(|id| id.to_string());
                    return Ok(CustomerFile { lines, next });
                }
            }
        })
    }
}

fn customer(
    tx: &mut Tx<'_>,
    this: &Organisation,
    id: Id,
    who: CustomersWho,
    question: &Question<'_>,
    (on, lang): (Date, Lang),
) -> Result<Option<CustomerLine>, Error> {
    let Some(facts) = store::facts::get(tx, this.id(), id)? else {
        return Ok(None);
    };
    if !facts.contact.is_present() {
        return Ok(None);
    }
    let dossier = Dossier(facts);
    let permitted = dossier.decide(question, on)?.verdict() == Verdict::Permitted
        && dossier.has_address_for(Channel::Email);
    if permitted != (who == CustomersWho::MayBeWrittenTo) {
        return Ok(None);
    }
    let person = Person::load(tx, this, id)?;
    let mut sales = Vec::new();
    for row in &dossier.0.sales {
        let relation = words::relation(row.relation)?;
        let classes = &question.register.register.goods_classes;
        let class = classes.iter().find(|class| class.id == row.goods);
        sales.push(SaleLine {
            goods: class.map_or_else(|| row.goods.clone(), |class| class.name.clone()),
            sold_on: row.sold_on,
            relation,
            address_from_sale: row.address_from_sale
                && matches!(relation, RelationKind::Purchase | RelationKind::FreeAccount),
            similar: question.similar_to(&row.goods),
            notice_at_collection: row.notice_at_collection,
        });
    }
    sales.sort_by_key(|sale| std::cmp::Reverse(sale.sold_on));
    Ok(Some(CustomerLine {
        contact: line(this, &person, &person.fields(this)?)?,
        sales,
        decided: decide::decided(&dossier, question, on, lang)?,
    }))
}
