//! Roles, and what each may do.

/// What somebody is in an organisation. The numbers are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[repr(i16)]
pub enum Role {
    /// Runs the firm: everything, the people too.
    Owner = 1,
    /// Data-protection officer (GDPR Art. 37 to 39).
    DataProtectionOfficer = 2,
    /// Marketing.
    Marketing = 3,
    /// Sales.
    Sales = 4,
    /// Reads everything and changes nothing, usually for a time.
    Auditor = 5,
}

/// Something that a role may or may not do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Permission {
    /// See overview, register and the gate.
    Look,
    /// See contacts.
    SeeContacts,
    /// Add and correct contacts, record consents and objections, restrict.
    ChangeContacts,
    /// Take in whole lists.
    Import,
    /// Build forms and campaigns, and send these.
    Advertise,
    /// Erase and merge contacts.
    Erase,
    /// Decide against a refusal of the gate.
    Overrule,
    /// Change the register.
    ChangeRegister,
    /// See the evidence log and take receipts.
    SeeEvidence,
    /// Invite people, give and take roles.
    ManagePeople,
}

impl Role {
    /// Every role, from the most to the least powerful.
    pub const ALL: [Self; 5] = [
        Self::Owner,
        Self::DataProtectionOfficer,
        Self::Marketing,
        Self::Sales,
        Self::Auditor,
    ];

    /// Its name in evidence entries and forms.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Owner => "owner",
            Self::DataProtectionOfficer => "data_protection_officer",
            Self::Marketing => "marketing",
            Self::Sales => "sales",
            Self::Auditor => "auditor",
        }
    }

    /// The role of that name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Whether it may do this. What is not listed is not allowed.
    pub const fn may(self, permission: Permission) -> bool {
        use Permission as P;
        match self {
            Self::Owner => true,
            Self::DataProtectionOfficer => !matches!(permission, P::ManagePeople),
            Self::Marketing => matches!(
                permission,
                P::Look | P::SeeContacts | P::ChangeContacts | P::Import | P::Advertise
            ),
            Self::Sales => matches!(permission, P::Look | P::SeeContacts | P::ChangeContacts),
            Self::Auditor => matches!(permission, P::Look | P::SeeContacts | P::SeeEvidence),
        }
    }

    pub(crate) fn stored(number: i16) -> Result<Self, crate::Error> {
        let found = Self::ALL.into_iter().find(|role| *role as i16 == number);
        found.ok_or(crate::Error::Stored("role"))
    }
}

impl Permission {
    /// Every permission.
    pub const ALL: [Self; 10] = [
        Self::Look,
        Self::SeeContacts,
        Self::ChangeContacts,
        Self::Import,
        Self::Advertise,
        Self::Erase,
        Self::Overrule,
        Self::ChangeRegister,
        Self::SeeEvidence,
        Self::ManagePeople,
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_auditor_changes_nothing() {
        let changes = [
            Permission::ChangeContacts,
            Permission::Import,
            Permission::Erase,
            Permission::Overrule,
            Permission::ChangeRegister,
            Permission::ManagePeople,
        ];
        assert!(changes.iter().all(|change| !Role::Auditor.may(*change)));
    }

    #[test]
    fn only_an_owner_manages_people_and_an_owner_may_everything() {
        for role in Role::ALL {
            assert_eq!(role.may(Permission::ManagePeople), role == Role::Owner);
            assert_eq!(Role::named(role.name()), Some(role));
            assert_eq!(Role::stored(role as i16).ok(), Some(role));
        }
        assert!(Permission::ALL.iter().all(|all| Role::Owner.may(*all)));
    }
}
