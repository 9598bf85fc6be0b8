//! GDPR Art. 37: who designates a data protection officer (DPO).
//!
//! Public bodies (37(1)(a)); whoever's core activity is regular and systematic monitoring of
//! persons on a large scale (b) or special categories and criminal data on a large scale (c).
//! Member States may demand more (37(4)): BDSG § 38. The contact details are published and told
//! to the authority (37(7)).
//!
//! In force since 2018-05-25. Reviewed 2026-11-24 against WP243 rev.01.

use crate::Citation;

/// Who designates.
pub const DUTY: Citation = Citation::new("GDPR Art. 37(1)");
/// A group may share one, if easily accessible.
pub const GROUP: Citation = Citation::new("GDPR Art. 37(2)");
/// Qualification.
pub const QUALIFICATION: Citation = Citation::new("GDPR Art. 37(5)");
/// Publication and notice to the authority.
pub const PUBLISH: Citation = Citation::new("GDPR Art. 37(7)");

/// What Art. 37(1) depends on. "Core" excludes ancillary work such as payroll and IT support.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Organisation {
    /// An authority or public body other than a court in its judicial capacity.
    pub public_body: bool,
    /// Core activity: regular and systematic monitoring on a large scale.
    pub core_monitoring: bool,
    /// Core activity: data of Art. 9 or 10 on a large scale.
    pub core_special: bool,
}

/// The letter of Art. 37(1) that demands a DPO, if one does.
pub const fn demanded_by(organisation: Organisation) -> Option<Citation> {
    if organisation.public_body {
        Some(Citation::new("GDPR Art. 37(1)(a)"))
    } else if organisation.core_monitoring {
        Some(Citation::new("GDPR Art. 37(1)(b)"))
    } else if organisation.core_special {
        Some(Citation::new("GDPR Art. 37(1)(c)"))
    } else {
        None
    }
}
