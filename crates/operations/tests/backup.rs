//! Backups bring data back, and nobody who was erased. All persons are invented.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test without its facts must fail"
)]

mod backup_journal;
mod support;

use std::fs;
use std::io::Read as _;
use std::path::Path;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use law::facts::BlockList;
use law::{Channel, ChannelSet, Country, Lang};
use operations::access::{Client, NewMember, NewOwner, Profile, Role};
use operations::backup::{
    BackupError, Folder, Lost, Places, Reapplied, Restored, Retention, restore,
};
use operations::merge::MergeChoices;
use operations::{Act, Condition, Error, NewBlockList, NewOrganisation, Organisation};
use store::testing::{Database, on_each_engine};
use store::{Store, StoreError, Target};
use support::{
    TODAY, act, consent_to_newsletter, contact, import, installation, master_key, organisation,
};
use totp_rs::{Builder, Secret};
use vault::OpeningReader;

const ANNA: &str = "anna.bernsteiner@kunde-eins.example";
const BERT: &str = "bert.muster@kunde-zwei.example";
const CARA: &str = "cara.probe@kunde-drei.example";
const LIST: &[u8] = b"Vorname;Nachname;Firma;E-Mail;Telefon\n\
    Anna;Bernsteiner;Kunde Eins GmbH;anna.bernsteiner@kunde-eins.example;+49 6151 1234501\n\
    Bert;Muster;Kunde Zwei GmbH;bert.muster@kunde-zwei.example;+49 6151 1234502\n\
    Cara;Probe;Kunde Drei GmbH;cara.probe@kunde-drei.example;+49 6151 1234503\n";

/// Two folders for backups: of the data, and of keys and journal.
struct Shelf {
    folder: tempfile::TempDir,
}

impl Shelf {
    fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    fn data(&self) -> std::path::PathBuf {
        self.folder.path().join("data")
    }

    fn keys(&self) -> std::path::PathBuf {
        self.folder.path().join("keys")
    }

    fn places(&self) -> Places {
        Places {
            data: Arc::new(Folder::new(self.data())),
            keys: Arc::new(Folder::new(self.keys())),
        }
    }

    fn files(&self, end: &str) -> Vec<std::path::PathBuf> {
        let mut all = Vec::new();
        for folder in [self.data(), self.keys()] {
            let files = fs::read_dir(folder)
                .unwrap()
                .map(|file| file.unwrap().path());
            all.extend(files.filter(|path| path.to_string_lossy().ends_with(end)));
        }
        all.sort();
        all
    }
}

/// An act so many minutes later.
fn later(minutes: i64) -> Act {
    Act {
        at: act().at + SignedDuration::from_mins(minutes),
        ..act()
    }
}

fn back_up(database: &Database, shelf: &Shelf, minutes: i64) -> String {
    let made =
        installation(database).back_up(&shelf.places(), Retention::default(), &later(minutes));
    made.unwrap().name
}

/// Restores into `other`, and checks log and state.
fn restored(shelf: &Shelf, name: Option<&str>, other: &Database) -> (Organisation, Restored) {
    let restored = restore(
        &shelf.places(),
        name,
        &master_key(),
        other.target(),
        Lost::Nothing,
        &later(600),
    );
    let restored = restored.unwrap();
    assert_eq!(restored.faults, []);
    let this = Organisation::open(&installation(other), None).unwrap();
    let checked = this.verify().unwrap();
    assert_eq!((checked.faults, checked.waiting), (vec![], 0));
    (this, restored)
}

fn verdict(this: &Organisation, who: &str) -> String {
    let decided = this.decide(&contact(who), "newsletter", Channel::Email, TODAY, Lang::De);
    serde_json::to_value(decided.unwrap().decision.verdict)
        .unwrap()
        .to_string()
}

fn id(this: &Organisation, who: &str) -> operations::OrganisationId {
    let view = this.contact_view(&contact(who), TODAY, Lang::De).unwrap();
    view.line.id.parse().unwrap()
}

/// The wrapped key of a contact, as somebody with the database sees it.
fn wrapped_key(database: &Database, this: &Organisation, who: &str) -> Vec<u8> {
    let view = this.contact_view(&contact(who), TODAY, Lang::De).unwrap();
    let id = view.line.id.parse().unwrap();
    let store = Store::open(database.target()).unwrap();
    let key = store.read(|tx| store::key::get(tx, this.id(), id)).unwrap();
    key.unwrap().wrapped
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// What the files of keys hold for somebody who has the master key.
fn keys_in_the_clear(shelf: &Shelf) -> Vec<u8> {
    let mut all = Vec::new();
    for file in shelf.files(".keys") {
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        let sealed = fs::File::open(&file).unwrap();
        let key = master_key().stream_key("backup/keys");
        OpeningReader::new(sealed, &key, &name)
            .unwrap()
            .read_to_end(&mut all)
            .unwrap();
    }
    all
}

/// A database of each engine to restore into.
fn on_each_pair(test: impl Fn(&Database, &Database)) {
    on_each_engine(|database| test(database, &Database::sqlite()));
    if let (Some(from), Some(into)) = (Database::postgres(), Database::postgres()) {
        test(&from, &into);
    }
    if let Some(into) = Database::postgres() {
        test(&Database::sqlite(), &into);
    }
}

#[test]
fn what_was_backed_up_is_there_again_on_either_engine_and_its_log_goes_on() {
    on_each_pair(|database, other| {
        let this = organisation(database);
        import(&this, LIST);
        consent_to_newsletter(&this, ANNA, TODAY);
        let shelf = Shelf::new();
        back_up(database, &shelf, 1);
        let (again, told) = restored(&shelf, None, other);
        assert_eq!(verdict(&again, ANNA), "\"permitted\"");
        assert_eq!(told.reapplied, Reapplied::default());
        assert!(told.entries >= 5, "{}", told.entries);
        // The same log under the same key: what was proven before is proven now.
        assert_eq!(
            again.log_verifier().to_string(),
            this.log_verifier().to_string()
        );
        let size = again.log_state(act().at).unwrap().1;
        consent_to_newsletter(&again, BERT, TODAY);
        again.sequence(later(700).at).unwrap();
        assert!(again.log_state(act().at).unwrap().1 > size);
    });
}

#[test]
fn who_was_erased_after_the_backup_does_not_come_back_with_it() {
    on_each_pair(|database, other| {
        let this = organisation(database);
        import(&this, LIST);
        consent_to_newsletter(&this, ANNA, TODAY);
        let key = wrapped_key(database, &this, ANNA);
        let shelf = Shelf::new();
        back_up(database, &shelf, 1);
        assert!(holds(&keys_in_the_clear(&shelf), &key));
        // Somebody keeps an old file of keys.
        let old = shelf.files(".keys").remove(0);
        let kept = fs::read(&old).unwrap();

        this.erase(&contact(ANNA), &later(2)).unwrap();
        let here = installation(database);
        assert!(here.ship_journal(&*shelf.places().keys).unwrap());
        here.renew_keys(&*shelf.places().keys, &later(3)).unwrap();
        assert!(
            !holds(&keys_in_the_clear(&shelf), &key),
            "no backup holds the key any more"
        );

        // With the old file of keys alone.
        for newer in shelf.files(".keys") {
            fs::remove_file(newer).unwrap();
        }
        fs::write(&old, kept).unwrap();
        let (again, told) = restored(&shelf, None, other);
        assert_eq!(told.reapplied.erased, 1);
        assert!(!holds(&other.every_byte(), &key));
        for text in ["Bernsteiner", "anna.bernsteiner", "61511234501"] {
            assert!(!holds(&other.every_byte(), text.as_bytes()), "{text}");
        }
        assert!(matches!(
            again.contact_view(&contact(ANNA), TODAY, Lang::De),
            Err(Error::UnknownContact)
        ));
        // Nor with a later list.
        let counts = import(&again, LIST);
        assert_eq!((counts.added, counts.suppressed), (0, 1), "{counts:?}");
    });
}

#[test]
fn keys_that_are_newer_than_the_data_say_themselves_who_was_erased() {
    on_each_pair(|database, other| {
        let this = organisation(database);
        import(&this, LIST);
        let shelf = Shelf::new();
        back_up(database, &shelf, 1);
        this.erase(&contact(ANNA), &later(2)).unwrap();
        // Nothing was written into the journal before the disk broke, but the keys were renewed.
        installation(database)
            .renew_keys(&*shelf.places().keys, &later(3))
            .unwrap();
        let (again, told) = restored(&shelf, None, other);
        assert_eq!(told.reapplied.erased, 1);
        let counts = import(&again, LIST);
        assert_eq!((counts.added, counts.suppressed), (0, 1), "{counts:?}");
    });
}

#[test]
fn withdrawals_and_objections_after_the_backup_still_stop() {
    on_each_pair(|database, other| {
        let this = organisation(database);
        import(&this, LIST);
        for who in [ANNA, BERT, CARA] {
            consent_to_newsletter(&this, who, TODAY);
        }
        let shelf = Shelf::new();
        back_up(database, &shelf, 1);
        let all = ChannelSet::ALL;
        this.withdraw_consent(&contact(ANNA), None, all, TODAY, &later(2))
            .unwrap();
        this.record_objection(&contact(BERT), all, TODAY, &later(2))
            .unwrap();
        let stranger = contact("fremd@unbekannt.example");
        this.record_objection(&stranger, all, TODAY, &later(2))
            .unwrap();
        this.sequence(later(3).at).unwrap();
        let erased = installation(database)
            .ship_journal(&*shelf.places().keys)
            .unwrap();
        assert!(!erased);
        let (again, told) = restored(&shelf, None, other);
        assert_eq!((told.reapplied.withdrawn, told.reapplied.objected), (1, 1));
        assert_eq!(verdict(&again, ANNA), "\"refused\"");
        assert_eq!(verdict(&again, BERT), "\"refused\"");
        assert_eq!(verdict(&again, CARA), "\"permitted\"");
        let list = b"Nachname;Firma;E-Mail\nFremd;Unbekannt GmbH;fremd@unbekannt.example\n";
        let counts = import(&again, list);
        assert_eq!((counts.added, counts.suppressed), (0, 1), "{counts:?}");
    });
}

#[test]
fn restrictions_decisions_that_were_taken_back_and_lists_after_the_backup_still_stop() {
    on_each_pair(|database, other| {
        let this = organisation(database);
        import(&this, LIST);
        consent_to_newsletter(&this, ANNA, TODAY);
        this.overrule(
            &contact(BERT),
            "newsletter",
            Channel::Email,
            "asked for it on the telephone",
            &act(),
        )
        .unwrap();
        assert_eq!(verdict(&this, BERT), "\"permitted\"");
        let shelf = Shelf::new();
        back_up(database, &shelf, 1);
        this.restrict_contact(&contact(ANNA), "the person disputes it", &later(2))
            .unwrap();
        this.revoke_overrule(&contact(BERT), "newsletter", Channel::Email, &later(2))
            .unwrap();
        let list = NewBlockList {
            name: "Robinson".to_owned(),
            kind: BlockList::Robinson,
            as_of: TODAY,
            frees: 0,
        };
        this.take_block_list(CARA.as_bytes(), &list, &later(2))
            .unwrap();
        this.sequence(later(3).at).unwrap();
        let here = installation(database);
        here.ship_journal(&*shelf.places().keys).unwrap();
        let (again, told) = restored(&shelf, None, other);
        let applied = told.reapplied;
        assert_eq!(
            (applied.restricted, applied.revoked, applied.lists),
            (1, 1, 1)
        );
        // Somebody has to weigh it; whoever sends takes that as a no.
        assert_eq!(verdict(&again, ANNA), "\"review\"");
        assert_eq!(verdict(&again, BERT), "\"refused\"");
        let view = again.contact_view(&contact(ANNA), TODAY, Lang::De).unwrap();
        assert!(view.line.restricted);
        let lists = again.block_lists().unwrap();
        let lists = lists
            .iter()
            .map(|list| (list.name.as_str(), list.addresses));
        assert_eq!(lists.collect::<Vec<_>>(), [("Robinson", 1)]);
    });
}

#[test]
fn who_objected_and_was_merged_after_the_backup_is_stopped_under_both_contacts() {
    on_each_pair(|database, other| {
        let this = organisation(database);
        import(&this, LIST);
        for who in [ANNA, BERT] {
            consent_to_newsletter(&this, who, TODAY);
        }
        let shelf = Shelf::new();
        back_up(database, &shelf, 1);
        let later = later(2);
        this.record_objection(&contact(BERT), ChannelSet::ALL, TODAY, &later)
            .unwrap();
        this.restrict_contact(&contact(BERT), "the person disputes it", &later)
            .unwrap();
        let (kept, other_one) = (id(&this, ANNA), id(&this, BERT));
        let seen = this.merge_view(kept, other_one).unwrap().seen;
        this.merge_contacts(kept, other_one, &MergeChoices::new(), seen, &later)
            .unwrap();
        this.sequence(later.at).unwrap();
        let here = installation(database);
        here.ship_journal(&*shelf.places().keys).unwrap();
        let (again, told) = restored(&shelf, None, other);
        assert_eq!(told.reapplied.restricted, 2);
        for who in [ANNA, BERT] {
            assert_eq!(verdict(&again, who), "\"refused\"");
            let view = again.contact_view(&contact(who), TODAY, Lang::De).unwrap();
            assert!(view.line.restricted);
        }
    });
}

#[test]
fn a_second_restore_knows_what_happened_before_and_after_the_first() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let shelf = Shelf::new();
        let name = back_up(database, &shelf, 1);
        this.erase(&contact(ANNA), &later(2)).unwrap();
        installation(database)
            .ship_journal(&*shelf.places().keys)
            .unwrap();
        let first = Database::sqlite();
        let (again, _) = restored(&shelf, None, &first);
        again.erase(&contact(BERT), &later(700)).unwrap();
        let here = installation(&first);
        here.ship_journal(&*shelf.places().keys).unwrap();
        let second = Database::sqlite();
        let restored = restore(
            &shelf.places(),
            Some(&name),
            &master_key(),
            second.target(),
            Lost::Nothing,
            &later(800),
        );
        assert_eq!(restored.unwrap().reapplied.erased, 2);
        // A new backup puts the journal together; nothing of it is lost.
        let made = here.back_up(&shelf.places(), Retention::default(), &later(900));
        assert_ne!(made.unwrap().name, name);
        let third = Database::sqlite();
        let restored = restore(
            &shelf.places(),
            Some(&name),
            &master_key(),
            third.target(),
            Lost::Nothing,
            &later(1000),
        );
        let restored = restored.unwrap();
        assert_eq!((restored.reapplied.erased, restored.faults), (2, vec![]));
    });
}

#[test]
fn a_cut_changed_or_exchanged_file_is_refused_and_leaves_nothing() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let shelf = Shelf::new();
        back_up(database, &shelf, 1);
        consent_to_newsletter(&this, ANNA, TODAY);
        let newest = back_up(database, &shelf, 2);
        this.erase(&contact(CARA), &later(3)).unwrap();
        installation(database)
            .ship_journal(&*shelf.places().keys)
            .unwrap();
        let refused = |file: &Path, changed: &[u8]| {
            let whole = fs::read(file).unwrap();
            fs::write(file, changed).unwrap();
            let other = if installation(database).engine() == "SQLite" {
                Database::sqlite()
            } else {
                Database::postgres().unwrap()
            };
            let result = restore(
                &shelf.places(),
                None,
                &master_key(),
                other.target(),
                Lost::Nothing,
                &later(9),
            );
            assert!(
                matches!(result, Err(BackupError::NotGenuine { .. })),
                "{}: {result:?}",
                file.display()
            );
            match other.target() {
                Target::Sqlite(folder) => {
                    let beside = fs::read_dir(folder.parent().unwrap()).unwrap().count();
                    assert_eq!(beside, 0, "nothing is left");
                }
                Target::Postgres(_) => assert!(matches!(
                    Organisation::open(&installation(&other), None),
                    Err(Error::NotSetUp)
                )),
            }
            fs::write(file, whole).unwrap();
        };
        for end in [".backup", ".manifest", ".keys", ".journal"] {
            let files = shelf.files(end);
            let file = files
                .iter()
                .rfind(|file| fs::metadata(file).unwrap().len() > 80)
                .unwrap();
            let whole = fs::read(file).unwrap();
            refused(file, &whole[..whole.len() - 1]);
            refused(file, &whole[..whole.len() / 2]);
            let mut changed = whole.clone();
            let middle = changed.len() / 2;
            changed[middle] ^= 1;
            refused(file, &changed);
        }
        for end in [".backup", ".manifest"] {
            let files = shelf.files(end);
            assert!(files[1].to_string_lossy().contains(&newest));
            refused(&files[1], &fs::read(&files[0]).unwrap());
        }
        // As they were, they are taken.
        let other = Database::sqlite();
        restored(&shelf, None, &other);
    });
}

#[test]
fn another_master_key_opens_nothing() {
    on_each_engine(|database| {
        organisation(database);
        let shelf = Shelf::new();
        back_up(database, &shelf, 1);
        let other = vault::MasterKey::generate().unwrap();
        let target = Database::sqlite();
        let refused = restore(
            &shelf.places(),
            None,
            &other,
            target.target(),
            Lost::Nothing,
            &later(2),
        );
        assert!(
            matches!(refused, Err(BackupError::NotGenuine { .. })),
            "{refused:?}"
        );
    });
}

#[test]
fn nothing_is_restored_where_something_is() {
    on_each_engine(|database| {
        organisation(database);
        let shelf = Shelf::new();
        back_up(database, &shelf, 1);
        let refused = restore(
            &shelf.places(),
            None,
            &master_key(),
            database.target(),
            Lost::Nothing,
            &later(2),
        );
        let Err(BackupError::Operation(error)) = refused else {
            panic!("it was restored over what is there");
        };
        assert!(
            matches!(*error, Error::Store(StoreError::NotEmpty)),
            "{error}"
        );
        assert!(Organisation::open(&installation(database), None).is_ok());
    });
}

#[test]
fn a_journal_with_a_gap_is_refused() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let shelf = Shelf::new();
        back_up(database, &shelf, 1);
        let here = installation(database);
        for (who, minutes) in [(ANNA, 2), (BERT, 3), (CARA, 4)] {
            this.erase(&contact(who), &later(minutes)).unwrap();
            here.ship_journal(&*shelf.places().keys).unwrap();
        }
        let mut parts = shelf.files(".journal");
        parts.sort_by_key(|file| fs::metadata(file).unwrap().modified().unwrap());
        fs::remove_file(&parts[parts.len() - 2]).unwrap();
        let target = Database::sqlite();
        let refused = restore(
            &shelf.places(),
            None,
            &master_key(),
            target.target(),
            Lost::Nothing,
            &later(9),
        );
        assert!(
            matches!(refused, Err(BackupError::Journal { .. })),
            "{refused:?}"
        );
    });
}

#[test]
fn as_many_backups_stay_as_were_asked_for_and_one_without_manifest_is_none() {
    on_each_engine(|database| {
        organisation(database);
        let here = installation(database);
        let shelf = Shelf::new();
        let retention = Retention {
            count: Some(2),
            days: None,
        };
        let mut names = Vec::new();
        for minutes in 1..=3 {
            let made = here
                .back_up(&shelf.places(), retention, &later(minutes))
                .unwrap();
            names.push(made.name);
        }
        assert_eq!(shelf.files(".manifest").len(), 2);
        assert_eq!(shelf.files(".backup").len(), 2);
        assert_eq!(shelf.files(".keys").len(), 1, "of the keys only the newest");
        // A backup whose process was killed before its end.
        fs::remove_file(shelf.data().join(format!("{}.manifest", names[2]))).unwrap();
        let (_, told) = restored(&shelf, None, &Database::sqlite());
        assert_eq!(told.name, names[1]);
        let retention = Retention {
            count: None,
            days: Some(1),
        };
        here.back_up(&shelf.places(), retention, &later(60 * 24 * 3))
            .unwrap();
        assert_eq!(
            (shelf.files(".manifest").len(), shelf.files(".backup").len()),
            (1, 1)
        );
    });
}

#[test]
fn a_drill_proves_the_newest_backup_and_is_evidence() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let shelf = Shelf::new();
        let backup = |now: Timestamp| {
            let all = this.diagnose(now).unwrap();
            all.into_iter()
                .find(|found| found.what == "backup")
                .unwrap()
        };
        assert_eq!(backup(act().at).condition, Condition::Attention);
        back_up(database, &shelf, 1);
        this.erase(&contact(ANNA), &later(2)).unwrap();
        let here = installation(database);
        here.ship_journal(&*shelf.places().keys).unwrap();
        assert_eq!(
            backup(later(3).at).condition,
            Condition::Attention,
            "not tried out"
        );
        let scratch = tempfile::tempdir().unwrap();
        let drilled = here
            .drill(&shelf.places(), scratch.path(), &later(4))
            .unwrap();
        assert_eq!((drilled.faults, drilled.reapplied.erased), (0, 1));
        assert!(drilled.rows > 10 && drilled.entries > 5);
        assert_eq!(fs::read_dir(scratch.path()).unwrap().count(), 0);
        assert_eq!(backup(later(5).at).condition, Condition::Good);
        assert_eq!(
            backup(later(60 * 24 * 3).at).condition,
            Condition::Attention,
            "old"
        );

        let file = shelf.files(".backup").remove(0);
        fs::write(&file, b"nothing").unwrap();
        here.drill(&shelf.places(), scratch.path(), &later(6))
            .unwrap_err();
        let found = backup(later(7).at);
        assert_eq!(found.condition, Condition::Attention);
        assert!(
            found.finding.contains("could not be restored"),
            "{}",
            found.finding
        );
        assert_eq!(fs::read_dir(scratch.path()).unwrap().count(), 0);
        assert_eq!(this.verify().unwrap().faults, []);
    });
}

#[test]
fn after_a_change_of_the_master_key_the_new_one_opens_older_backups_too() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let shelf = Shelf::new();
        let old = back_up(database, &shelf, 1);
        drop(this);
        let new = vault::MasterKey::generate().unwrap();
        operations::rotate_master_key(&installation(database), &new, &later(2)).unwrap();
        let here = operations::Installation::open(database.target(), new.clone()).unwrap();
        here.back_up(&shelf.places(), Retention::default(), &later(3))
            .unwrap();
        let other = Database::sqlite();
        let name = Some(old.as_str());
        let restored = restore(
            &shelf.places(),
            name,
            &new,
            other.target(),
            Lost::Nothing,
            &later(4),
        )
        .unwrap();
        assert_eq!(restored.faults, []);
        let other = Database::sqlite();
        let refused = restore(
            &shelf.places(),
            name,
            &master_key(),
            other.target(),
            Lost::Nothing,
            &later(5),
        );
        assert!(matches!(refused, Err(BackupError::NotGenuine { .. })));
    });
}

#[test]
fn two_installations_in_one_place_leave_each_other_alone() {
    on_each_engine(|database| {
        organisation(database);
        let neighbour = Database::sqlite();
        organisation(&neighbour);
        let shelf = Shelf::new();
        back_up(database, &shelf, 1);
        let theirs = back_up(&neighbour, &shelf, 2);
        let other = Database::sqlite();
        let refused = restore(
            &shelf.places(),
            None,
            &master_key(),
            other.target(),
            Lost::Nothing,
            &later(3),
        );
        assert!(
            matches!(refused, Err(BackupError::Several(_))),
            "{refused:?}"
        );
        let scratch = tempfile::tempdir().unwrap();
        let here = installation(database);
        let drilled = here.drill(&shelf.places(), scratch.path(), &later(4));
        assert_ne!(drilled.unwrap().name, theirs);
        restored(&shelf, Some(&theirs), &other);
    });
}

#[test]
fn mails_that_waited_then_are_not_sent_by_the_restored_installation() {
    on_each_engine(|database| {
        let this = organisation(database);
        import(&this, LIST);
        let shelf = Shelf::new();
        let view = this.contact_view(&contact(ANNA), TODAY, Lang::De).unwrap();
        let id = view.line.id.parse().unwrap();
        let store = Store::open(database.target()).unwrap();
        let waiting = store::message::Message {
            org: this.id(),
            id,
            subject: id,
            purpose: 1,
            campaign: None,
            state: store::message::WAITING,
            sealed: None,
            address: [1; 32],
            domain: [2; 32],
            tries: 0,
            due_at: act().at,
            not_after: None,
            created_at: act().at,
            changed_at: act().at,
            sent_at: None,
            sha256: None,
            failure: None,
        };
        store
            .write(move |tx| store::message::insert(tx, &[waiting]))
            .unwrap();
        back_up(database, &shelf, 1);
        let other = Database::sqlite();
        let (_, told) = restored(&shelf, None, &other);
        assert_eq!(told.unsure_mails, 1);
    });
}

#[test]
fn who_left_the_firm_after_the_backup_does_not_get_in_again() {
    on_each_engine(|database| {
        let here = installation(database);
        let link = here.set_up_link(&act()).unwrap().unwrap();
        let owner = NewOwner {
            profile: Profile::new("Erika Probe", "erika@musterbau.example", Lang::De).unwrap(),
            organisation: Some(NewOrganisation {
                name: "Musterbau GmbH".to_owned(),
                country: Country::DE,
                land: None,
            }),
        };
        let client = Client::default();
        let came = here.set_up(&link, &owner, &client, &act()).unwrap();
        here.set_password(&came.token, "Lampe Rhabarber Zaun", true, &act())
            .unwrap();
        let session = here.session(&came.token, act().at, TODAY).unwrap().unwrap();
        let app = here.authenticator(session.account).unwrap().unwrap();
        let secret = Secret::try_from_base32(app.secret.replace(' ', "")).unwrap();
        let app = Builder::new().with_secret(secret).with_account_name("a");
        let seconds = u64::try_from(act().at.as_second()).unwrap();
        let code = app.build().unwrap().generate(seconds).to_string();
        here.confirm_codes(&came.token, &code, &client, &act())
            .unwrap();
        let this = Organisation::open(&here, None).unwrap();
        let new = NewMember::new(
            "Mark Probe",
            "mark@musterbau.example",
            Lang::De,
            Role::Marketing,
            None,
        );
        let invited = this.invite(&new.unwrap(), "https://leitplanke.example", &act());
        let account = invited.unwrap().account;
        let shelf = Shelf::new();
        back_up(database, &shelf, 1);
        this.remove_member(account, &later(2)).unwrap();
        this.sequence(later(2).at).unwrap();
        assert!(here.ship_journal(&*shelf.places().keys).unwrap());
        let other = Database::sqlite();
        let (again, told) = restored(&shelf, None, &other);
        assert_eq!(told.reapplied.roles_ended, 1);
        let members = again.members(act().at, TODAY).unwrap();
        let names: Vec<_> = members.iter().map(|member| member.name.as_str()).collect();
        assert_eq!(names, ["Erika Probe"]);
    });
}
