//! A bounded pool of connections.

use std::ops::{Deref, DerefMut};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::StoreError;

/// How long a caller waits for a connection that others hold.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Pool<T> {
    state: Mutex<State<T>>,
    freed: Condvar,
    most: usize,
}

struct State<T> {
    idle: Vec<T>,
    open: usize,
}

impl<T> Pool<T> {
    /// A pool that opens `most` connections at most.
    pub(crate) fn new(most: usize) -> Self {
        Self {
            state: Mutex::new(State {
                idle: Vec::new(),
                open: 0,
            }),
            freed: Condvar::new(),
            most,
        }
    }

    /// An idle connection, or a new one made by `open`; waits when all are in use.
    pub(crate) fn take(
        &self,
        open: impl FnOnce() -> Result<T, StoreError>,
    ) -> Result<Lent<'_, T>, StoreError> {
        let (mut state, _) = self
            .freed
            .wait_timeout_while(self.state(), PATIENCE, |state| {
                state.idle.is_empty() && state.open >= self.most
            })
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(idle) = state.idle.pop() {
            return Ok(self.lend(idle));
        }
        if state.open >= self.most {
            return Err(StoreError::Busy);
        }
        state.open += 1;
        drop(state);
        match open() {
            Ok(new) => Ok(self.lend(new)),
            Err(error) => {
                self.forget();
                Err(error)
            }
        }
    }

    fn lend(&self, connection: T) -> Lent<'_, T> {
        Lent {
            connection: Some(connection),
            pool: self,
        }
    }

    fn forget(&self) {
        self.state().open -= 1;
        self.freed.notify_one();
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        // The lock is never held while foreign code runs, so the state is whole.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A connection on loan. Dropping it closes it: only [`Lent::give_back`] says that it is clean.
pub(crate) struct Lent<'a, T> {
    connection: Option<T>,
    pool: &'a Pool<T>,
}

impl<T> Lent<'_, T> {
    /// Returns the connection for the next caller.
    pub(crate) fn give_back(mut self) {
        if let Some(connection) = self.connection.take() {
            self.pool.state().idle.push(connection);
            self.pool.freed.notify_one();
        }
    }
}

impl<T> Drop for Lent<'_, T> {
    fn drop(&mut self) {
        if self.connection.take().is_some() {
            self.pool.forget();
        }
    }
}

impl<T> Deref for Lent<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        #[expect(clippy::expect_used, reason = "only giving back and dropping empty it")]
        self.connection
            .as_ref()
            .expect("a lent connection is there")
    }
}

impl<T> DerefMut for Lent<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        #[expect(clippy::expect_used, reason = "only giving back and dropping empty it")]
        self.connection
            .as_mut()
            .expect("a lent connection is there")
    }
}

#[cfg(test)]
mod tests {
    use super::Pool;

    #[test]
    fn a_connection_that_is_given_back_is_used_again_and_a_dropped_one_is_not() {
        let pool = Pool::new(1);
        pool.take(|| Ok(1)).unwrap().give_back();
        drop(pool.take(|| Ok(2)).unwrap());
        assert_eq!(*pool.take(|| Ok(3)).unwrap(), 3);
    }

    #[test]
    fn a_caller_waits_until_a_connection_is_free() {
        let pool = Pool::new(1);
        std::thread::scope(|scope| {
            let held = pool.take(|| Ok(1)).unwrap();
            let waiter = scope.spawn(|| *pool.take(|| Ok(2)).unwrap());
            held.give_back();
            assert_eq!(waiter.join().unwrap(), 1);
        });
    }

    #[test]
    fn a_connection_that_cannot_be_opened_does_not_use_up_the_pool() {
        let pool: Pool<u8> = Pool::new(1);
        assert!(pool.take(|| Err(crate::StoreError::Busy)).is_err());
        assert_eq!(*pool.take(|| Ok(7)).unwrap(), 7);
    }
}
