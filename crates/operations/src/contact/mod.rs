//! What the product knows of a contact in clear text: the fields that get sealed, and the one
//! written form that each kind of address has, so that two spellings are found to be the same.
//!
//! Nothing here is stored in clear. `Debug` of these types tells how much there is, never what.

mod company_name;
mod country;
mod email;
mod fields;
mod kind;
mod name;
pub mod normalise;
mod phone;

pub use company_name::CompanyName;
pub(crate) use country::split_postcode;
pub use country::{CountryGuess, CountryOrigin};
pub use email::{Email, EmailFault};
pub use fields::{Fields, Salutation};
pub use kind::{Kind, is_freemail, is_role_address};
pub use name::{PersonName, has_legal_form};
pub use phone::{Line, Phone, PhoneFault};
