//! What the controller says of itself and of its purposes: it stands in no entry about the person,
//! and the signature over the manifest covers it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The controller and the activities for which consents were given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Context {
    /// Who is responsible.
    pub controller: Controller,
    /// The version of the register that says so.
    pub register_version: Option<i64>,
    /// The activities that consents name.
    pub activities: Vec<ActivityContext>,
    /// The languages of the texts that are known, by the text's SHA-256.
    pub languages: BTreeMap<String, String>,
}

/// Who is responsible (GDPR Art. 4(7)).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Controller {
    /// Name with legal form.
    pub name: String,
    /// Address, line by line.
    pub address: Vec<String>,
    /// Two letters.
    pub country: String,
    /// E-mail address for data-protection matters.
    pub email: Option<String>,
    /// Telephone number.
    pub phone: Option<String>,
    /// Where the privacy notice is published.
    pub privacy_notice: Option<String>,
    /// The supervisory authority.
    pub authority: Option<String>,
}

/// What the register says of an activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActivityContext {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What the data are used for.
    pub purpose: Option<String>,
    /// Whether it is direct marketing.
    pub direct_marketing: bool,
    /// Categories of data.
    pub data: Vec<String>,
    /// Whom they are passed to.
    pub recipients: Vec<String>,
    /// How long they are kept, in words.
    pub retention: Vec<String>,
}
