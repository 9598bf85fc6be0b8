//! The link that every mail to a contact has. With it anyone can take permission away and nobody can
//! grant any or see what is stored, so it need not run out: a mail from years ago still lets its
//! recipient leave (GDPR Art. 7(3), 21(2); UWG § 7(2) no. 3 lit. c).

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use store::Id;
use subtle::ConstantTimeEq as _;

use crate::Organisation;

const IDS: usize = 32;
const MAC: usize = 16;

/// Whose link it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PreferenceLink {
    org: Id,
    contact: Id,
    mac: [u8; MAC],
}

impl PreferenceLink {
    /// Reads the token of a link. Whether it was made here is seen by
    /// [`Organisation::preference_contact`].
    pub fn read(token: &str) -> Option<Self> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(token).ok()?;
        let (ids, mac) = bytes.split_at_checked(IDS)?;
        Some(Self {
            org: Id(ids[..16].try_into().ok()?),
            contact: Id(ids[16..].try_into().ok()?),
            mac: mac.try_into().ok()?,
        })
    }

    /// The organisation that the link names.
    pub fn organisation(&self) -> Id {
        self.org
    }
}

impl Organisation {
    /// The token of the link for a contact, in `/p/{token}`; it is the same each time.
    pub fn preference_token(&self, contact: Id) -> String {
        let mut bytes = self.id().0.to_vec();
        bytes.extend_from_slice(&contact.0);
        bytes.extend_from_slice(&mac(self, contact));
        BASE64_URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The contact whose link it is; `None` unless it was made here for a contact of this
    /// organisation. The contact may be erased or merged meanwhile.
    pub fn preference_contact(&self, link: &PreferenceLink) -> Option<Id> {
        let made_here = bool::from(mac(self, link.contact).ct_eq(&link.mac));
        (link.org == self.id() && made_here).then_some(link.contact)
    }
}

fn mac(this: &Organisation, contact: Id) -> [u8; MAC] {
    let full = this.index().blind("preference link", &contact.0);
    let mut short = [0; MAC];
    short.copy_from_slice(&full[..MAC]);
    short
}
