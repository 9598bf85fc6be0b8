//! A point in time on the clock of the place, in facts and answers.

use jiff::civil::DateTime;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A local date and time, written `YYYY-MM-DDTHH:MM`, with or without seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(pub DateTime);

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0.strftime("%Y-%m-%dT%H:%M"))
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        // Strict, as jiff would also take an offset and drop it.
        let written =
            text.len() == "YYYY-MM-DDTHH:MM".len() || text.len() == "YYYY-MM-DDTHH:MM:SS".len();
        match text.parse() {
            Ok(moment) if written => Ok(Self(moment)),
            _ => Err(D::Error::custom(
                "no such time, expected local time written YYYY-MM-DDTHH:MM",
            )),
        }
    }
}

impl JsonSchema for Moment {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Moment".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "Local time, YYYY-MM-DDTHH:MM, without offset.",
        })
    }

    fn inline_schema() -> bool {
        true
    }
}
