//! Overviews that were worked out: asking the gate about every contact takes a while, and the
//! answer stays true until something changes or the day is over.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use jiff::civil::Date;
use law::Lang;
use operations::overview::{Overview, StateMark};
use operations::{Error, Organisation, OrganisationId};

/// Overviews kept at once.
const MOST: usize = 64;

struct Kept {
    mark: StateMark,
    on: Date,
    overview: Arc<Overview>,
}

/// The newest overview of each organisation and language.
#[derive(Default)]
pub struct Overviews(Mutex<HashMap<(OrganisationId, bool), Kept>>);

impl Overviews {
    /// The overview of the day `on`; worked out only if something has changed since the last one.
    pub fn of(
        &self,
        organisation: &Organisation,
        on: Date,
        lang: Lang,
    ) -> Result<Arc<Overview>, Error> {
        let key = (organisation.id(), lang == Lang::De);
        let mark = organisation.state_mark()?;
        {
            let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(kept) = kept
                .get(&key)
                .filter(|kept| kept.mark == mark && kept.on == on)
            {
                return Ok(Arc::clone(&kept.overview));
            }
        }
        let overview = Arc::new(organisation.overview(on, lang)?);
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= MOST {
            all.clear();
        }
        let kept = Kept {
            mark,
            on,
            overview: Arc::clone(&overview),
        };
        all.insert(key, kept);
        Ok(overview)
    }
}
