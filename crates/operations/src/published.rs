//! What an organisation says of itself on every page for the public (GDPR Art. 13(1)(a), DDG § 5).

use crate::{Error, Organisation};

/// What the register says of the organisation for everybody. Empty before there is a register.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Its name with legal form.
    pub name: Option<String>,
    /// Street, town, e-mail address and telephone number, as far as they are declared.
    pub reach: Vec<String>,
    /// Where the privacy notice is.
    pub privacy_notice: Option<String>,
    /// Where the provider's identification is.
    pub imprint: Option<String>,
}

impl Published {
    /// Whether there is a page that tells more.
    pub fn has_links(&self) -> bool {
        self.privacy_notice.is_some() || self.imprint.is_some()
    }
}

impl Organisation {
    /// What the organisation says of itself on every page for the public.
    ///
    /// # Errors
    /// When the register can't be read.
    pub fn published(&self) -> Result<Published, Error> {
        let register = match self.store().read(|tx| self.register(tx)) {
            Ok(register) => register,
            Err(Error::NoRegister) => return Ok(Published::default()),
            Err(error) => return Err(error),
        };
        let about = &register.register.organisation;
        let town = [&about.postal_code, &about.city];
        let town: Vec<_> = town.into_iter().flatten().map(String::as_str).collect();
        let reach = [
            about.street.clone(),
            Some(town.join(" ")),
            about.email.clone(),
            about.phone.clone(),
        ];
        let link = |address: &Option<String>| {
            // An address of another kind must not become a link.
            address.clone().filter(|link| link.starts_with("http"))
        };
        Ok(Published {
            name: Some(about.name.clone()),
            reach: reach
                .into_iter()
                .flatten()
                .filter(|l| !l.is_empty())
                .collect(),
            privacy_notice: link(&about.privacy_notice),
            imprint: link(&about.imprint),
        })
    }
}
