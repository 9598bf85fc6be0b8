//! Files that people get by a form. A link to one says which file and until when, under a keyed hash,
//! and nothing of who got it.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

use super::FormError;
use crate::{Act, Error, Organisation};

/// Most bytes of a file.
pub const MAX_FORM_FILE_BYTES: usize = 20 * 1024 * 1024;

/// How long a link works.
const WORKS: SignedDuration = SignedDuration::from_hours(14 * 24);
const HASH: usize = 32;
const HEAD: usize = 8 + HASH;

/// A file that a form gives.
pub struct FormFile {
    /// Its name, as the register has it.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

impl Organisation {
    /// Keeps a file for forms. Returns its SHA-256 in hexadecimal digits, by which a form names it.
    ///
    /// # Errors
    /// [`Error::DocumentTooLarge`] if it has more than [`MAX_FORM_FILE_BYTES`], [`Error::Empty`] if it
    /// has none.
    pub fn keep_form_file(&self, bytes: Vec<u8>, act: &Act) -> Result<String, Error> {
        if bytes.is_empty() {
            return Err(Error::Empty("the file"));
        }
        if bytes.len() > MAX_FORM_FILE_BYTES {
            return Err(Error::DocumentTooLarge);
        }
        let row = store::form_file::FormFile {
            org: self.id(),
            sha256: Sha256::digest(&bytes).into(),
            bytes,
            added_at: act.at,
        };
        let name = crate::state::hex(&row.sha256);
        self.store()
            .write(move |tx| store::form_file::add(tx, &row))?;
        Ok(name)
    }

    /// The file behind a link that [`Organisation::submit_form`] or [`Organisation::confirm_form`]
    /// gave.
    ///
    /// # Errors
    /// [`FormError::Link`] if it was not made here or has run out.
    pub fn form_file(
        &self,
        form: &str,
        token: &str,
        now: Timestamp,
    ) -> Result<FormFile, FormError> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(token);
        let bytes = bytes.map_err(|_| FormError::Link)?;
        let (head, given) = bytes.split_at_checked(HEAD).ok_or(FormError::Link)?;
        if !bool::from(mac(self, form, head).as_slice().ct_eq(given)) {
            return Err(FormError::Link);
        }
        let (until, hash) = head.split_at(8);
        let until = until.try_into().map_err(|_| FormError::Link)?;
        if i64::from_be_bytes(until) < now.as_second() {
            return Err(FormError::Link);
        }
        let hash = hash.try_into().map_err(|_| FormError::Link)?;
        let found = self.store().read(|tx| -> Result<_, Error> {
            let register = self.register(tx)?;
            let name = register.register.form(form);
            let name = name.and_then(|form| form.file_name.clone());
            Ok(store::form_file::get(tx, self.id(), &hash)?.map(|row| (name, row)))
        })?;
        let (name, row) = found.ok_or(FormError::Link)?;
        Ok(FormFile {
            name: name.unwrap_or_else(|| form.to_owned()),
            bytes: row.bytes,
        })
    }

    /// The token of a link to the file of a form, if it has one.
    pub(super) fn file_token(&self, form: &register::Form, now: Timestamp) -> Option<String> {
        let hash = from_hex(form.file.as_ref()?)?;
        let mut bytes = (now + WORKS).as_second().to_be_bytes().to_vec();
        bytes.extend_from_slice(&hash);
        let mac = mac(self, &form.id, &bytes);
        bytes.extend_from_slice(&mac);
        Some(BASE64_URL_SAFE_NO_PAD.encode(bytes))
    }
}

fn mac(this: &Organisation, form: &str, head: &[u8]) -> [u8; HASH] {
    let mut bytes = head.to_vec();
    bytes.extend_from_slice(form.as_bytes());
    this.index().blind("form file", &bytes)
}

fn from_hex(text: &str) -> Option<[u8; HASH]> {
    let mut bytes = [0; HASH];
    hex::decode_to_slice(text, &mut bytes).ok()?;
    Some(bytes)
}
