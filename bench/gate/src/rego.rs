//! The same rule in Rego, run by regorus' virtual machine, the fastest way it has.
//!
//! Facts are values that are built beforehand; what is measured is setting them as the input and
//! running the compiled rule.

use std::fmt::Write;

use measure::Result;
use regorus::languages::rego::compiler::Compiler;
use regorus::rvm::vm::RegoVM;
use regorus::{Engine, Value};

use crate::cedar::{interest, name, proves};
use crate::contact::{Channel, Contact};

const ALLOW: &str = "data.gate.allow";

pub struct Rego {
    machine: RegoVM,
}

impl Rego {
    pub fn new() -> Result<Self> {
        let mut engine = Engine::new();
        engine.add_policy("rule.rego".to_owned(), include_str!("rule.rego").to_owned())?;
        let policy = engine.compile_with_entrypoint(&ALLOW.into())?;
        let mut machine = RegoVM::new();
        machine.load_program(Compiler::compile_from_policy(&policy, &[ALLOW])?);
        machine.set_data(Value::new_object())?;
        Ok(Self { machine })
    }

    pub fn question(contact: &Contact, channel: Channel) -> Result<Value> {
        Ok(Value::from_json_str(&json(contact, channel)?)?)
    }

    pub fn permits(&mut self, question: &Value) -> Result<bool> {
        self.machine.set_input(question.clone());
        Ok(*self.machine.execute()?.as_bool()?)
    }
}

fn json(contact: &Contact, channel: Channel) -> Result<String> {
    let kind = if contact.business {
        "business"
    } else {
        "consumer"
    };
    let mut text = format!(r#"{{"channel":"{}","kind":"{kind}""#, name(channel));
    if let Some(consent) = &contact.consent {
        write!(
            text,
            r#","consent":{{"channels":{:?},"proves":{:?},"given":{},"withdrawn":{}}}"#,
            names(consent.channels),
            names(proves(consent.proof)),
            consent.given,
            consent.withdrawn,
        )?;
    }
    if let Some(objection) = &contact.objection {
        let (channels, raised) = (names(objection.channels), objection.raised);
        write!(
            text,
            r#","objection":{{"channels":{channels:?},"raised":{raised}}}"#
        )?;
    }
    if let Some(customer) = &contact.customer {
        write!(
            text,
            r#","customer":{{"address_from_sale":{},"own_products":{},"similar_products":{},"notice_at_collection":{}}}"#,
            customer.address_from_sale,
            customer.own_products,
            customer.similar_products,
            customer.notice_at_collection,
        )?;
    }
    if let Some(ground) = contact.interest {
        write!(text, r#","interest":"{}""#, interest(ground))?;
    }
    text.push('}');
    Ok(text)
}

fn names(channels: &[Channel]) -> Vec<&'static str> {
    channels.iter().map(|channel| name(*channel)).collect()
}
