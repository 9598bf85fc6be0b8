//! Mail that waits: what is due, in which order, and at which pace.

use jiff::{SignedDuration, Timestamp};
use store::message::{self, CLAIMED, Message, TRANSMITTING, WAITING};
use store::testing::on_each_engine;
use store::{Hash, Id, Store, StoreError, Tx, erasure, mail_pace};

use crate::sample::{ORG, TODAY, fill, hash, id, now};

fn mail(number: u32, campaign: Option<Id>, domain: u32) -> Message {
    Message {
        org: ORG,
        id: id(number),
        subject: id(number % 10),
        purpose: 1,
        campaign,
        state: WAITING,
        sealed: Some(vec![1, 2, 3]),
        address: hash(number),
        domain: hash(domain),
        tries: 0,
        due_at: now(),
        not_after: None,
        created_at: now(),
        changed_at: now(),
        sent_at: None,
        sha256: None,
        failure: None,
    }
}

fn add(store: &Store, mails: Vec<Message>) {
    store.write(move |tx| message::insert(tx, &mails)).unwrap();
}

fn later(seconds: i64) -> Timestamp {
    now() + SignedDuration::from_secs(seconds)
}

/// The mails of campaigns whose turn it is, one of each domain.
fn turns(tx: &mut Tx<'_>, at: Timestamp) -> Result<Vec<Id>, StoreError> {
    let (mut after, mut ids): (Hash, _) = ([0; 32], Vec::new());
    while let Some(row) = message::due_paced(tx, at, &after)? {
        after = row.domain;
        ids.push(row.id);
    }
    Ok(ids)
}

#[test]
fn many_mails_to_one_domain_hold_up_no_other() {
    on_each_engine(|database| {
        let store = database.open();
        fill(&store, 10);
        let campaigns: Vec<_> = (20..40).map(|number| Some(id(number))).collect();
        let to_one = campaigns
            .iter()
            .zip(100..)
            .map(|(campaign, n)| mail(n, *campaign, 1));
        add(&store, to_one.chain([mail(200, Some(id(50)), 2)]).collect());
        let took = store
            .write(|tx| {
                assert_eq!(turns(tx, later(0))?, [id(100), id(200)]);
                assert!(mail_pace::take(tx, &hash(1), later(0), later(2))?);
                assert!(!mail_pace::take(tx, &hash(1), later(1), later(3))?);
                assert_eq!(turns(tx, later(1))?, [id(200)]);
                assert_eq!(turns(tx, later(2))?, [id(100), id(200)]);
                mail_pace::take(tx, &hash(1), later(2), later(4))
            })
            .unwrap();
        assert!(took);
        store
            .write(|tx| mail_pace::give_back(tx, &hash(1), later(3)))
            .unwrap();
        let due = store.read(|tx| turns(tx, later(3)));
        assert_eq!(due.unwrap(), [id(100), id(200)]);
        let removed = store.write(|tx| mail_pace::remove_before(tx, later(4)));
        assert_eq!(removed.unwrap(), 1);
    });
}

#[test]
fn what_is_due_is_what_waits_and_what_nobody_holds_any_more() {
    on_each_engine(|database| {
        let store = database.open();
        fill(&store, 10);
        let with = |number, state, due_at| Message {
            state,
            due_at,
            ..mail(number, None, 1)
        };
        add(
            &store,
            vec![
                with(1, WAITING, later(10)),
                with(2, WAITING, later(-10)),
                with(3, CLAIMED, later(-5)),
                with(4, CLAIMED, later(5)),
                with(5, TRANSMITTING, later(-5)),
                with(6, 4, later(-5)),
            ],
        );
        store
            .read(|tx| {
                let ids = |rows: Vec<Message>| rows.iter().map(|row| row.id).collect::<Vec<_>>();
                assert_eq!(ids(message::due(tx, now(), 10)?), [id(2), id(3)]);
                assert_eq!(ids(message::due(tx, now(), 1)?), [id(2)]);
                assert_eq!(ids(message::lost_on_the_way(tx, now(), 10)?), [id(5)]);
                assert_eq!(message::counts(tx, ORG)?, [(1, 2), (2, 2), (3, 1), (4, 1)]);
                assert_eq!(ids(message::in_state(tx, ORG, 1, None, 1)?), [id(2)]);
                assert_eq!(ids(message::in_state(tx, ORG, 1, Some(id(2)), 9)?), [id(1)]);
                assert_eq!(message::organisation_of(tx, id(6))?, Some(ORG));
                Ok::<_, StoreError>(())
            })
            .unwrap();
    });
}

#[test]
fn a_campaign_writes_to_a_person_once_and_is_called_off_as_far_as_it_has_not_begun() {
    on_each_engine(|database| {
        let store = database.open();
        fill(&store, 10);
        add(
            &store,
            vec![
                mail(1, Some(id(9)), 1),
                Message {
                    state: TRANSMITTING,
                    ..mail(2, Some(id(9)), 1)
                },
            ],
        );
        let again = Message {
            id: id(77),
            ..mail(1, Some(id(9)), 1)
        };
        let twice = store.write(move |tx| message::insert(tx, &[again]));
        assert!(matches!(twice, Err(StoreError::Duplicate)), "{twice:?}");
        let cancelled = store.write(|tx| message::cancel_campaign(tx, ORG, id(9), 9, later(1)));
        assert_eq!(cancelled.unwrap(), 1);
        let states = store.read(|tx| message::counts(tx, ORG)).unwrap();
        assert_eq!(states, [(TRANSMITTING, 1), (9, 1)]);
    });
}

#[test]
fn mail_goes_with_the_contact() {
    on_each_engine(|database| {
        let store = database.open();
        fill(&store, 10);
        add(&store, vec![mail(1, None, 1), mail(2, None, 1)]);
        let left = store
            .write(|tx| {
                erasure::erase(tx, ORG, id(1), TODAY, now(), 4)?;
                message::counts(tx, ORG)
            })
            .unwrap();
        assert_eq!(left, [(WAITING, 1)]);
    });
}
