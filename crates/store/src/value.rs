//! Values on their way into and out of a database.
//!
//! Both engines see four types only: null, 64-bit numbers, text and bytes.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};
use postgres::types::{IsNull, ToSql, Type as PostgresType, to_sql_checked};
use rusqlite::types::{ToSqlOutput, ValueRef};

use crate::{Hash, Id, StoreError};

/// One parameter of a statement.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Value<'a> {
    Null,
    Int(i64),
    Text(&'a str),
    Blob(&'a [u8]),
}

/// An array of values from references: `bind![org, consent.given_on]`.
macro_rules! bind {
    ($($value:expr),* $(,)?) => { [$($crate::value::ToValue::to_value(&$value)),*] };
}
pub(crate) use bind;

/// A type that can be a parameter.
pub(crate) trait ToValue {
    fn to_value(&self) -> Value<'_>;
}

impl ToValue for i64 {
    fn to_value(&self) -> Value<'_> {
        Value::Int(*self)
    }
}

impl ToValue for i16 {
    fn to_value(&self) -> Value<'_> {
        Value::Int(i64::from(*self))
    }
}

impl ToValue for u32 {
    fn to_value(&self) -> Value<'_> {
        Value::Int(i64::from(*self))
    }
}

/// Bits, kept as they are: the highest one is the sign of the stored number.
impl ToValue for u64 {
    fn to_value(&self) -> Value<'_> {
        Value::Int(self.cast_signed())
    }
}

impl ToValue for bool {
    fn to_value(&self) -> Value<'_> {
        Value::Int(i64::from(*self))
    }
}

impl ToValue for Date {
    fn to_value(&self) -> Value<'_> {
        Value::Int(days(*self))
    }
}

impl ToValue for Timestamp {
    fn to_value(&self) -> Value<'_> {
        Value::Int(self.as_millisecond())
    }
}

impl ToValue for Id {
    fn to_value(&self) -> Value<'_> {
        Value::Blob(&self.0)
    }
}

impl ToValue for Hash {
    fn to_value(&self) -> Value<'_> {
        Value::Blob(self)
    }
}

impl ToValue for [u8] {
    fn to_value(&self) -> Value<'_> {
        Value::Blob(self)
    }
}

impl ToValue for Vec<u8> {
    fn to_value(&self) -> Value<'_> {
        Value::Blob(self)
    }
}

impl ToValue for str {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl ToValue for String {
    fn to_value(&self) -> Value<'_> {
        Value::Text(self)
    }
}

impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value<'_> {
        (**self).to_value()
    }
}

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, ToValue::to_value)
    }
}

const EPOCH: Date = Date::constant(1970, 1, 1);

fn days(day: Date) -> i64 {
    day.duration_since(EPOCH).as_hours() / 24
}

fn date(days: i64) -> Result<Date, StoreError> {
    days.checked_mul(24)
        .and_then(SignedDuration::try_from_hours)
        .and_then(|span| EPOCH.checked_add(span).ok())
        .ok_or(StoreError::Malformed("a day outside the calendar"))
}

impl Value<'_> {
    /// Refuses what one of the engines couldn't store, so that both refuse the same.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        match self {
            Self::Text(text) if text.contains('\0') => Err(StoreError::NulInText),
            _ => Ok(()),
        }
    }
}

impl rusqlite::ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

impl ToSql for Value<'_> {
    fn to_sql(
        &self,
        ty: &PostgresType,
        out: &mut bytes::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(number) => number.to_sql(ty, out),
            Self::Text(text) => text.to_sql(ty, out),
            Self::Blob(bytes) => bytes.to_sql(ty, out),
        }
    }

    fn accepts(ty: &PostgresType) -> bool {
        [PostgresType::INT8, PostgresType::TEXT, PostgresType::BYTEA].contains(ty)
    }

    to_sql_checked!();
}

/// The type of a column.
#[derive(Clone, Copy)]
pub(crate) enum Type {
    Int,
    Text,
    Blob,
}

impl Type {
    pub(crate) fn postgres(self) -> &'static str {
        match self {
            Self::Int => "bigint",
            Self::Text => "text",
            Self::Blob => "bytea",
        }
    }
}

/// One row of an answer.
pub(crate) enum Row<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a postgres::Row),
}

impl Row<'_> {
    /// The value of a column, counted from 0.
    pub(crate) fn get<T: Column>(&self, index: usize) -> Result<T, StoreError> {
        T::read(self.value(index)?)
    }

    /// The value of a column as it is, counted from 0.
    pub(crate) fn value(&self, index: usize) -> Result<Value<'_>, StoreError> {
        match self {
            Self::Sqlite(row) => Ok(match row.get_ref(index)? {
                ValueRef::Null => Value::Null,
                ValueRef::Integer(number) => Value::Int(number),
                ValueRef::Text(bytes) => Value::Text(
                    str::from_utf8(bytes).map_err(|_| StoreError::Malformed("broken text"))?,
                ),
                ValueRef::Blob(bytes) => Value::Blob(bytes),
                ValueRef::Real(_) => return Err(StoreError::Malformed("a fraction")),
            }),
            Self::Postgres(row) => {
                let column = row.columns().get(index);
                let value = match column.map(postgres::Column::type_) {
                    Some(&PostgresType::INT8) => {
                        row.try_get::<_, Option<i64>>(index)?.map(Value::Int)
                    }
                    Some(&PostgresType::TEXT) => {
                        row.try_get::<_, Option<&str>>(index)?.map(Value::Text)
                    }
                    Some(&PostgresType::BYTEA) => {
                        row.try_get::<_, Option<&[u8]>>(index)?.map(Value::Blob)
                    }
                    _ => return Err(StoreError::Malformed("a column of an unknown type")),
                };
                Ok(value.unwrap_or(Value::Null))
            }
        }
    }
}

/// A type that a column can be read as.
pub(crate) trait Column: Sized {
    /// The type of the column.
    const TYPE: Type;

    fn read(value: Value<'_>) -> Result<Self, StoreError>;
}

impl Column for i64 {
    const TYPE: Type = Type::Int;

    fn read(value: Value<'_>) -> Result<Self, StoreError> {
        match value {
            Value::Int(number) => Ok(number),
            _ => Err(StoreError::Malformed("no number where one is needed")),
        }
    }
}

impl Column for i16 {
    const TYPE: Type = Type::Int;

    fn read(value: Value<'_>) -> Result<Self, StoreError> {
        Self::try_from(i64::read(value)?).map_err(|_| StoreError::Malformed("a code out of range"))
    }
}

impl Column for u32 {
    const TYPE: Type = Type::Int;

    fn read(value: Value<'_>) -> Result<Self, StoreError> {
        Self::try_from(i64::read(value)?).map_err(|_| StoreError::Malformed("bits out of range"))
    }
}

impl Column for u64 {
    const TYPE: Type = Type::Int;

    fn read(value: Value<'_>) -> Result<Self, StoreError> {
        Ok(i64::read(value)?.cast_unsigned())
    }
}

impl Column for bool {
    const TYPE: Type = Type::Int;

    fn read(value: Value<'_>) -> Result<Self, StoreError> {
        Ok(i64::read(value)? != 0)
    }
}

impl Column for Date {
    const TYPE: Type = Type::Int;

    fn read(value: Value<'_>) -> Result<Self, StoreError> {
        date(i64::read(value)?)
    }
}

impl Column for Timestamp {
    const TYPE: Type = Type::Int;

    fn read(value: Value<'_>) -> Result<Self, StoreError> {
        Self::from_millisecond(i64::read(value)?)
            .map_err(|_| StoreError::Malformed("a time outside the calendar"))
    }
}

impl Column for String {
    const TYPE: Type = Type::Text;

    fn read(value: Value<'_>) -> Result<Self, StoreError> {
        match value {
            Value::Text(text) => Ok(text.to_owned()),
            _ => Err(StoreError::Malformed("no text where one is needed")),
        }
    }
}

impl Column for Vec<u8> {
    const TYPE: Type = Type::Blob;

    fn read(value: Value<'_>) -> Result<Self, StoreError> {
        match value {
            Value::Blob(bytes) => Ok(bytes.to_vec()),
            _ => Err(StoreError::Malformed("no bytes where they are needed")),
        }
    }
}

impl<const N: usize> Column for [u8; N] {
    const TYPE: Type = Type::Blob;

    fn read(value: Value<'_>) -> Result<Self, StoreError> {
        match value {
            Value::Blob(bytes) => bytes
                .try_into()
                .map_err(|_| StoreError::Malformed("bytes of a wrong length")),
            _ => Err(StoreError::Malformed("no bytes where they are needed")),
        }
    }
}

impl Column for Id {
    const TYPE: Type = Type::Blob;

    fn read(value: Value<'_>) -> Result<Self, StoreError> {
        <[u8; 16]>::read(value).map(Self)
    }
}

impl<T: Column> Column for Option<T> {
    const TYPE: Type = T::TYPE;

    fn read(value: Value<'_>) -> Result<Self, StoreError> {
        match value {
            Value::Null => Ok(None),
            value => T::read(value).map(Some),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Column, StoreError, ToValue, Value, date, days};
    use jiff::civil::Date;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_day_from_year_1_to_9999_comes_back(number in -719_162_i64..=2_932_896) {
            prop_assert_eq!(days(date(number).unwrap()), number);
        }

        #[test]
        fn bits_come_back_even_with_the_highest_one_set(bits: u64) {
            prop_assert_eq!(u64::read(bits.to_value()).unwrap(), bits);
        }
    }

    #[test]
    fn the_first_of_january_1970_is_day_0() {
        assert_eq!(days(Date::constant(1970, 1, 1)), 0);
        assert_eq!(days(Date::constant(1969, 12, 31)), -1);
        assert_eq!(days(Date::constant(2026, 11, 24)), 20_781);
    }

    #[test]
    fn a_day_outside_the_calendar_is_refused_not_wrapped() {
        assert!(date(i64::MAX).is_err());
        assert!(date(5_000_000).is_err());
    }

    #[test]
    fn a_text_with_nul_is_refused_before_an_engine_sees_it() {
        assert!(matches!(
            Value::Text("a\0b").check(),
            Err(StoreError::NulInText)
        ));
    }
}
