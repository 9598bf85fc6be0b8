//! Changing the register's lead forms, and nothing else of the register: whoever builds forms need
//! not be allowed to change purposes and legal bases.

use register::Register;

use crate::declare::check;
use crate::edit_register::{apply, based_on, read};
use crate::{Act, Applied, Error, Organisation, RegisterEdit};

impl Organisation {
    /// The edits of forms that make `text` of the version `base`.
    ///
    /// # Errors
    /// [`Error::NotOnlyForms`] if something else differs; when the text has faults, or there is no
    /// such version.
    pub fn form_edits(&self, base: i64, text: &str) -> Result<Vec<RegisterEdit>, Error> {
        let old = self.register_at(base)?;
        let new = Register::parse(text).map_err(Error::RegisterFaults)?;
        let rest = |register: &Register| Register {
            forms: Vec::new(),
            ..register.clone()
        };
        if rest(&old) != rest(&new) {
            return Err(Error::NotOnlyForms);
        }
        let gone = old.forms.iter().filter(|form| new.form(&form.id).is_none());
        let gone = gone.map(|form| RegisterEdit::RemoveForm(form.id.clone()));
        let changed = new.forms.iter();
        let changed = changed.filter(|form| old.form(&form.id) != Some(*form));
        let changed = changed.map(|form| RegisterEdit::Form(Box::new(form.clone())));
        Ok(gone.chain(changed).collect())
    }

    /// Saves edits of forms as the next version of the register, if the version in force is still
    /// the one on which they are based.
    ///
    /// # Errors
    /// [`Error::RegisterConflict`] if somebody saved another version meanwhile;
    /// [`Error::NotOnlyForms`] for an edit of anything else; when a form refers to what is not
    /// there, or one that goes has variants. Nothing is written then.
    pub fn apply_forms_at(
        &self,
        base: Option<i64>,
        edits: Vec<RegisterEdit>,
        act: &Act,
    ) -> Result<Applied, Error> {
        let is_form = |edit: &RegisterEdit| {
            matches!(edit, RegisterEdit::Form(_) | RegisterEdit::RemoveForm(_))
        };
        if !edits.iter().all(is_form) {
            return Err(Error::NotOnlyForms);
        }
        let (this, by) = (self.clone(), act.clone());
        let applied = self.store().write(move |tx| -> Result<_, Error> {
            let newest = store::register_version::latest_to_change(tx, this.id())?;
            based_on(newest.as_ref(), base)?;
            let mut register = read(&newest.as_ref().ok_or(Error::NoRegister)?.text)?;
            for edit in &edits {
                apply(&mut register, edit)?;
            }
            let text = register.to_toml();
            let gaps = check(&text, by.today)?;
            let (version, changed) = this.save_register(tx, newest, text, &by)?;
            Ok(Applied {
                version,
                changed,
                gaps,
            })
        })?;
        self.sequence(act.at)?;
        Ok(applied)
    }
}
