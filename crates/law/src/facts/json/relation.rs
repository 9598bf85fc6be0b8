//! The customer relation as JSON: `"none"`, the name of a type, or an object.

use std::fmt;

use schemars::JsonSchema;
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use crate::facts::{Relation, RelationKind};

/// A relation with what is known about it.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Details {
    /// How it came about.
    #[serde(rename = "type")]
    kind: RelationKind,
    /// It is running now.
    #[serde(default)]
    current: bool,
    /// The address was obtained from the customer in connection with the sale.
    #[serde(default)]
    address_obtained_from_customer_in_sale: Option<bool>,
    /// What is advertised is the organisation's own, not a sister company's.
    #[serde(default)]
    own_products: Option<bool>,
    /// What is advertised is similar to what was sold.
    #[serde(default)]
    similar_products: Option<bool>,
    /// The right to object was pointed out when the address was collected.
    #[serde(default)]
    objection_notice_at_collection: Option<bool>,
    /// The right to object is pointed out in every message; left out, it becomes a duty.
    #[serde(default)]
    objection_notice_in_message: Option<bool>,
}

/// `"none"`, the name of a type, or an object with `type` and details.
#[derive(JsonSchema)]
#[schemars(untagged)]
#[expect(dead_code, reason = "only the schema is derived from it")]
enum Shape {
    /// No relation.
    None(NoRelation),
    /// Only the type is known.
    Type(RelationKind),
    /// The type with details.
    Details(Details),
}

#[derive(JsonSchema)]
#[serde(rename_all = "snake_case")]
#[expect(dead_code, reason = "only the schema is derived from it")]
enum NoRelation {
    None,
}

/// What the JSON says about the relation.
#[derive(Clone, Copy, Debug, Default, JsonSchema)]
#[schemars(with = "Shape")]
pub(super) struct RelationFacts(pub(super) Option<Relation>);

impl<'de> Deserialize<'de> for RelationFacts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RelationVisitor).map(Self)
    }
}

struct RelationVisitor;

impl<'de> Visitor<'de> for RelationVisitor {
    type Value = Option<Relation>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"none\", a type such as \"purchase\", or an object with `type`")
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        if name == "none" {
            return Ok(None);
        }
        RelationKind::deserialize(StrDeserializer::new(name)).map(|kind| Some(Relation::new(kind)))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let details = Details::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Some(Relation {
            kind: details.kind,
            current: details.current,
            address_from_sale: details.address_obtained_from_customer_in_sale,
            own_products: details.own_products,
            similar_products: details.similar_products,
            notice_at_collection: details.objection_notice_at_collection,
            notice_in_message: details.objection_notice_in_message,
        }))
    }
}
