//! Overviews that were worked out: asking the gate about every contact takes a while, and the
//! answer stays true until something changes or the day is over.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::civil::Date;
use law::Lang;
use operations::overview::{Overview, StateMark};
use operations::{Error, Organisation, OrganisationId};

/// Overviews kept at once.
const MOST: usize = 64;

/// The newest overview of each organisation and language.
#[derive(Default)]
pub struct Overviews(Mutex<HashMap<(OrganisationId, bool), Arc<Newest>>>);

/// An overview with what it was worked out from.
type Newest = Kept<(StateMark, Date), Overview>;

impl Overviews {
    /// The overview of the day `on`; worked out only if something has changed since the last one.
    /// The number of entries in the log may be an earlier one.
    pub fn of(
        &self,
        organisation: &Organisation,
        on: Date,
        lang: Lang,
    ) -> Result<Arc<Overview>, Error> {
        let key = (organisation.id(), lang == Lang::De);
        let kept = {
            let mut all = held(&self.0);
            if all.len() >= MOST && !all.contains_key(&key) {
                all.clear();
            }
            Arc::clone(all.entry(key).or_default())
        };
        kept.get(
            || Ok((organisation.state_mark()?, on)),
            || organisation.overview(on, lang),
        )
    }
}

/// Something that was worked out, with the mark of what it was worked out from.
struct Kept<M, T>(Mutex<Option<(M, Arc<T>)>>);

impl<M, T> Default for Kept<M, T> {
    fn default() -> Self {
        Self(Mutex::new(None))
    }
}

impl<M: PartialEq, T> Kept<M, T> {
    /// What is kept if the mark is still the same, or what `work` gives. One at a time works it
    /// out; the others wait and take the same.
    fn get<E>(
        &self,
        mark: impl FnOnce() -> Result<M, E>,
        work: impl FnOnce() -> Result<T, E>,
    ) -> Result<Arc<T>, E> {
        let mut kept = held(&self.0);
        let mark = mark()?;
        if let Some((_, found)) = kept.as_ref().filter(|(of, _)| *of == mark) {
            return Ok(Arc::clone(found));
        }
        let found = Arc::new(work()?);
        *kept = Some((mark, Arc::clone(&found)));
        Ok(found)
    }
}

/// What a lock holds stays whole even if a thread panicked while holding it.
fn held<T>(lock: &Mutex<T>) -> MutexGuard<'_, T> {
    lock.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicU32, Ordering};

    #[test]
    fn of_many_who_ask_at_once_one_works_it_out() {
        let kept = Kept::<u32, u32>::default();
        let (start, worked) = (Barrier::new(8), AtomicU32::new(0));
        let ask = |mark| {
            let work = || {
                std::thread::sleep(std::time::Duration::from_millis(20));
                Ok::<_, Error>(worked.fetch_add(1, Ordering::SeqCst) + 1)
            };
            *kept.get(|| Ok(mark), work).unwrap()
        };
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    start.wait();
                    assert_eq!(ask(1), 1);
                });
            }
        });
        assert_eq!(ask(2), 2, "something has changed");
        assert_eq!(ask(2), 2);
    }
}
