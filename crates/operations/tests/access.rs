//! Who is let in, on both databases: the first start, invitations, roles, sessions, and the brake
//! on guessing. Passkeys need a browser and are tested there. All persons are invented.
#![allow(clippy::unwrap_used, reason = "a test without its facts must fail")]

mod support;

use jiff::civil::{Date, date};
use jiff::{SignedDuration, Timestamp};
use law::{Country, Lang};
use operations::access::{
    AccessError, AccountId, Client, LinkFor, MemberState, NewMember, NewOwner, NewSession,
    Permission, Profile, RelyingParty, Role, Session, Stage,
};
use operations::{Act, Installation, NewOrganisation, Organisation};
use store::Id;
use store::testing::{Database, on_each_engine};
use support::{TODAY, act, installation};
use totp_rs::{Builder, Secret};

const PASSWORD: &str = "Lampe Rhabarber Zaun";
const ADDRESS: &str = "https://leitplanke.example";

fn at(minutes: i64) -> Act {
    Act {
        at: act().at + SignedDuration::from_mins(minutes),
        ..act()
    }
}

fn office() -> Client {
    Client {
        network: "192.0.2.1".to_owned(),
        device: None,
        name: "Firefox, Linux".to_owned(),
    }
}

fn elsewhere() -> Client {
    Client {
        network: "198.51.100.9".to_owned(),
        ..office()
    }
}

fn owner(organisation: Option<&str>) -> NewOwner {
    NewOwner {
        profile: Profile::new("Erika Beispiel", "erika@musterbau.example", Lang::De).unwrap(),
        organisation: organisation.map(|name| NewOrganisation {
            name: name.to_owned(),
            country: Country::DE,
            land: None,
        }),
    }
}

fn session(here: &Installation, token: &str, now: Timestamp) -> Option<Session> {
    here.session(token, now, TODAY).unwrap()
}

/// An app that shows the codes of this secret.
struct App(totp_rs::Totp);

impl App {
    fn of(here: &Installation, session: &Session) -> Self {
        let shown = here.authenticator(session.account).unwrap().unwrap();
        let secret = Secret::try_from_base32(shown.secret.replace(' ', "")).unwrap();
        let totp = Builder::new()
            .with_secret(secret)
            .with_account_name("a")
            .build();
        Self(totp.unwrap())
    }

    fn code(&self, now: Timestamp) -> String {
        let seconds = u64::try_from(now.as_second()).unwrap();
        self.0.generate(seconds).to_string()
    }
}

/// Address and password, as the page checks them.
fn sign_in(
    here: &Installation,
    email: &str,
    password: &str,
    client: &Client,
    act: &Act,
) -> Result<NewSession, AccessError> {
    let begun = here.begin_sign_in(email, client, act)?;
    here.sign_in(begun, password, act)
}

/// Sets up password and codes in a session that came by a link.
fn enrol(here: &Installation, token: &str, act: &Act) -> (String, App) {
    let came = session(here, token, act.at).unwrap();
    assert_eq!(came.stage, Stage::Enrolling);
    assert!(came.acting.is_none());
    here.set_password(token, PASSWORD, true, act).unwrap();
    let app = App::of(here, &came);
    let wrong = here.confirm_codes(token, "000000", &office(), act);
    assert!(matches!(wrong, Err(AccessError::Code)));
    let full = here
        .confirm_codes(token, &app.code(act.at), &office(), act)
        .unwrap()
        .unwrap();
    assert_eq!(full.stage, Stage::Full);
    assert!(session(here, token, act.at).is_none());
    assert!(here.authenticator(came.account).unwrap().is_none());
    (full.token, app)
}

/// An installation with its first owner, signed in.
fn set_up(database: &Database) -> (Installation, Organisation, String, App) {
    let here = installation(database);
    let link = here.set_up_link(&act()).unwrap().unwrap();
    let came = here
        .set_up(&link, &owner(Some("Musterbau GmbH")), &office(), &act())
        .unwrap();
    let (token, app) = enrol(&here, &came.token, &act());
    let organisation = Organisation::open(&here, None).unwrap();
    (here, organisation, token, app)
}

fn invite(organisation: &Organisation, name: &str, role: Role, ends_on: Option<Date>) -> String {
    let email = format!("{}@musterbau.example", name.to_lowercase());
    let new = NewMember::new(name, &email, Lang::De, role, ends_on).unwrap();
    let invited = organisation.invite(&new, ADDRESS, &act()).unwrap();
    let link = invited.link.unwrap();
    link.strip_prefix("https://leitplanke.example/welcome/")
        .unwrap()
        .to_owned()
}

/// The kinds of the entries about accounts and roles, as the exported log has them.
fn kinds(organisation: &Organisation) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    organisation.export_log(folder.path()).unwrap();
    let mut found = Vec::new();
    let mut folders = vec![folder.path().to_owned()];
    while let Some(folder) = folders.pop() {
        for file in std::fs::read_dir(folder).unwrap() {
            let path = file.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(path).unwrap();
            let text = String::from_utf8_lossy(&bytes);
            found.extend(text.match_indices("\"kind\":\"").map(|(at, key)| {
                let rest = &text[at + key.len()..];
                rest[..rest.find('"').unwrap()].to_owned()
            }));
        }
    }
    found.retain(|kind| kind.starts_with("account.") || kind.starts_with("role."));
    found
}

#[test]
fn the_first_start_gives_a_link_that_makes_the_owner_and_works_once() {
    on_each_engine(|database| {
        let (here, organisation, token, _) = set_up(database);
        let owner = session(&here, &token, act().at).unwrap();
        assert_eq!(owner.profile.name, "Erika Beispiel");
        assert_eq!(owner.acting, Some((organisation.id(), Role::Owner)));
        assert!(here.set_up_link(&act()).unwrap().is_none());
        organisation.sequence(act().at).unwrap();
        assert_eq!(
            kinds(&organisation),
            ["role.given", "account.way_in_added", "account.signed_in"]
        );
        assert_eq!(organisation.verify().unwrap().faults, []);
    });
}

#[test]
fn a_link_goes_on_working_until_a_way_in_is_set_up_and_a_newer_one_ends_it() {
    on_each_engine(|database| {
        let here = installation(database);
        let first = here.set_up_link(&act()).unwrap().unwrap();
        let link = here.set_up_link(&act()).unwrap().unwrap();
        assert!(matches!(
            here.link(&first, act().at),
            Err(AccessError::Link)
        ));
        assert_eq!(here.link(&link, act().at).unwrap().purpose, LinkFor::SetUp);
        here.set_up(&link, &owner(Some("Musterbau GmbH")), &office(), &act())
            .unwrap();
        // The browser was closed: the same link again, and after a day a new one.
        let opened = here.link(&link, act().at).unwrap();
        assert_eq!(opened.profile.unwrap().name, "Erika Beispiel");
        let late = at(25 * 60);
        assert!(matches!(here.link(&link, late.at), Err(AccessError::Link)));
        let again = here.set_up_link(&late).unwrap().unwrap();
        let link = here.set_up_link(&late).unwrap().unwrap();
        assert!(matches!(here.link(&again, late.at), Err(AccessError::Link)));
        let came = here.accept(&link, None, &office(), &late).unwrap();
        enrol(&here, &came.token, &late);
        assert!(matches!(here.link(&link, late.at), Err(AccessError::Link)));
    });
}

#[test]
fn of_two_who_send_the_first_form_at_once_one_becomes_owner() {
    on_each_engine(|database| {
        let here = installation(database);
        let link = here.set_up_link(&act()).unwrap().unwrap();
        let both = std::sync::Barrier::new(2);
        let send = |number: i32| {
            let mut new = owner(Some(&format!("Musterbau {number} GmbH")));
            let email = format!("erika{number}@musterbau.example");
            new.profile = Profile::new("Erika Beispiel", &email, Lang::De).unwrap();
            both.wait();
            here.set_up(&link, &new, &office(), &act()).is_ok()
        };
        let came = std::thread::scope(|scope| {
            let other = scope.spawn(|| send(2));
            [send(1), other.join().unwrap()]
        });
        assert_eq!(came.iter().filter(|came| **came).count(), 1);
        assert_eq!(Organisation::all(&here).unwrap().len(), 1);
    });
}

#[test]
fn password_and_code_sign_in_and_a_code_counts_once() {
    on_each_engine(|database| {
        let (here, _, _, app) = set_up(database);
        let later = at(5);
        let half = sign_in(
            &here,
            "Erika@Musterbau.example",
            PASSWORD,
            &office(),
            &later,
        )
        .unwrap();
        assert_eq!(half.stage, Stage::NeedsCode);
        let waiting = session(&here, &half.token, later.at).unwrap();
        assert!(waiting.acting.is_none() && !waiting.may(Permission::Look));
        let code = app.code(later.at);
        let full = here
            .sign_in_with_code(&half.token, &code, &office(), &later)
            .unwrap();
        assert!(
            session(&here, &full.token, later.at)
                .unwrap()
                .may(Permission::ManagePeople)
        );
        assert!(session(&here, &half.token, later.at).is_none());
        let half = sign_in(
            &here,
            "erika@musterbau.example",
            PASSWORD,
            &office(),
            &later,
        )
        .unwrap();
        let again = here.sign_in_with_code(&half.token, &code, &office(), &later);
        assert!(matches!(again, Err(AccessError::Code)));
        for (email, password) in [
            ("erika@musterbau.example", "Lampe Rhabarber Zaum"),
            ("nobody@musterbau.example", PASSWORD),
            ("no address", PASSWORD),
        ] {
            let refused = sign_in(&here, email, password, &office(), &later);
            assert!(matches!(refused, Err(AccessError::Refused)), "{email}");
        }
    });
}

#[test]
fn guessing_brakes_the_guesser_and_nobody_else() {
    on_each_engine(|database| {
        let (here, _, _, app) = set_up(database);
        let later = at(5);
        let tried = |client: &Client, act: &Act, password: &str| {
            sign_in(&here, "erika@musterbau.example", password, client, act)
        };
        let half = tried(&office(), &later, PASSWORD).unwrap();
        let known = here
            .sign_in_with_code(&half.token, &app.code(later.at), &office(), &later)
            .unwrap();
        for _ in 0..8 {
            let refused = tried(&elsewhere(), &later, "guessed guessed guessed");
            assert!(matches!(refused, Err(AccessError::Refused)));
        }
        // Even the right password does not get in from there now, so guessing gains nothing.
        assert!(matches!(
            tried(&elsewhere(), &later, PASSWORD),
            Err(AccessError::TooMany { .. })
        ));
        assert!(tried(&office(), &later, PASSWORD).is_ok());
        // The owner's own device in the guesser's network is not braked either.
        let device = Client {
            device: known.device,
            ..elsewhere()
        };
        assert!(tried(&device, &later, PASSWORD).is_ok());
        let forged = Client {
            device: Some("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA".to_owned()),
            ..elsewhere()
        };
        assert!(matches!(
            tried(&forged, &later, PASSWORD),
            Err(AccessError::TooMany { .. })
        ));
        assert!(tried(&elsewhere(), &at(21), PASSWORD).is_ok());
    });
}

#[test]
fn one_network_can_not_go_through_all_accounts() {
    on_each_engine(|database| {
        let (here, _, _, app) = set_up(database);
        let party = RelyingParty::new(ADDRESS).unwrap();
        let later = at(5);
        let device = here.sign_in_with_code(
            &sign_in(
                &here,
                "erika@musterbau.example",
                PASSWORD,
                &elsewhere(),
                &later,
            )
            .unwrap()
            .token,
            &app.code(later.at),
            &elsewhere(),
            &later,
        );
        let known = Client {
            device: device.unwrap().device,
            ..elsewhere()
        };
        // What succeeded does not count. The brake comes before the password is looked at.
        for number in 0..30 {
            let email = format!("p{number}@musterbau.example");
            assert!(here.begin_sign_in(&email, &elsewhere(), &later).is_ok());
            let begun = here.begin_passkey_sign_in(&party, &elsewhere(), &later);
            assert!(begun.is_ok());
        }
        let braked = here.begin_sign_in("new@musterbau.example", &elsewhere(), &later);
        assert!(matches!(braked, Err(AccessError::TooMany { .. })));
        let braked = here.begin_passkey_sign_in(&party, &elsewhere(), &later);
        assert!(matches!(braked, Err(AccessError::TooMany { .. })));
        // Nobody else is locked out: other networks, and known devices in this one.
        for client in [office(), known] {
            let half = sign_in(&here, "erika@musterbau.example", PASSWORD, &client, &later);
            assert!(half.is_ok());
        }
        let begun = here.begin_passkey_sign_in(&party, &office(), &later);
        assert!(begun.is_ok());
        let begun = here.begin_sign_in("new@musterbau.example", &elsewhere(), &at(21));
        assert!(begun.is_ok());
    });
}

#[test]
fn codes_can_not_be_tried_one_after_the_other() {
    on_each_engine(|database| {
        let (here, _, _, app) = set_up(database);
        let later = at(5);
        let half = sign_in(
            &here,
            "erika@musterbau.example",
            PASSWORD,
            &elsewhere(),
            &later,
        )
        .unwrap();
        for _ in 0..8 {
            let wrong = here.sign_in_with_code(&half.token, "000000", &elsewhere(), &later);
            assert!(matches!(wrong, Err(AccessError::Code)));
        }
        // A new sign-in does not begin a new count.
        let half = sign_in(
            &here,
            "erika@musterbau.example",
            PASSWORD,
            &elsewhere(),
            &later,
        )
        .unwrap();
        let code = app.code(later.at);
        let braked = here.sign_in_with_code(&half.token, &code, &elsewhere(), &later);
        assert!(matches!(braked, Err(AccessError::TooMany { .. })));
    });
}

#[test]
fn an_invited_member_has_the_role_until_its_last_day() {
    on_each_engine(|database| {
        let (here, organisation, _, _) = set_up(database);
        let last = date(2026, 12, 31);
        let link = invite(&organisation, "Paula", Role::Auditor, Some(last));
        let members = organisation.members(act().at, TODAY).unwrap();
        let paula = members
            .iter()
            .find(|member| member.name == "Paula")
            .unwrap();
        assert!(matches!(paula.state, MemberState::Invited(_)));
        let came = here.accept(&link, Some("Paula Prüfer"), &office(), &act());
        let (token, _) = enrol(&here, &came.unwrap().token, &act());
        let signed_in = session(&here, &token, act().at).unwrap();
        assert_eq!(signed_in.profile.name, "Paula Prüfer");
        assert!(signed_in.may(Permission::SeeEvidence));
        assert!(!signed_in.may(Permission::ChangeContacts));
        let day_after = here.session(&token, act().at, date(2027, 1, 1)).unwrap();
        assert!(!day_after.unwrap().may(Permission::Look));
        let past = NewMember::new(
            "Otto",
            "otto@musterbau.example",
            Lang::De,
            Role::Sales,
            Some(date(2020, 1, 1)),
        );
        let refused = organisation.invite(&past.unwrap(), ADDRESS, &act());
        assert!(matches!(refused, Err(AccessError::Over)));
    });
}

#[test]
fn an_organisation_keeps_an_owner_who_can_sign_in() {
    on_each_engine(|database| {
        let (here, organisation, token, _) = set_up(database);
        let erika = session(&here, &token, act().at).unwrap().account;
        let last = organisation.remove_member(erika, &act());
        assert!(matches!(last, Err(AccessError::LastOwner)));
        let demoted = organisation.change_role(erika, Role::Sales, None, &act());
        assert!(matches!(demoted, Err(AccessError::LastOwner)));
        // Somebody who was only invited can't let anybody in.
        let link = invite(&organisation, "Otto", Role::Owner, None);
        let still = organisation.remove_member(erika, &act());
        assert!(matches!(still, Err(AccessError::LastOwner)));
        let came = here.accept(&link, None, &office(), &act()).unwrap();
        let (otto, _) = enrol(&here, &came.token, &act());
        // Who is owner for a time only is not the one that stays.
        let otto_is = session(&here, &otto, act().at).unwrap().account;
        let year_end = Some(date(2026, 12, 31));
        organisation
            .change_role(otto_is, Role::Owner, year_end, &act())
            .unwrap();
        let gone = organisation.remove_member(erika, &act());
        assert!(matches!(gone, Err(AccessError::LastOwner)));
        let ending = organisation.change_role(erika, Role::Owner, year_end, &act());
        assert!(matches!(ending, Err(AccessError::LastOwner)));
        organisation
            .change_role(otto_is, Role::Owner, None, &act())
            .unwrap();
        organisation.remove_member(erika, &act()).unwrap();
        assert!(session(&here, &token, act().at).is_none());
        let otto = session(&here, &otto, act().at).unwrap();
        assert!(otto.may(Permission::ManagePeople));
        assert_eq!(organisation.members(act().at, TODAY).unwrap().len(), 1);
    });
}

#[test]
fn one_person_acts_for_several_organisations_and_only_for_those() {
    on_each_engine(|database| {
        let (here, first, token, _) = set_up(database);
        let erika = session(&here, &token, act().at).unwrap().account;
        let new = NewOrganisation {
            name: "Zweite GmbH".to_owned(),
            country: Country::DE,
            land: None,
        };
        let second = here.add_organisation(erika, &new, &act()).unwrap();
        let third = NewOrganisation {
            name: "Fremde GmbH".to_owned(),
            ..new
        };
        let third = Organisation::create(&here, &third, &act()).unwrap();
        let names: Vec<_> = here.tenants(&token, &act()).unwrap();
        let names: Vec<_> = names.iter().map(|t| (&*t.name, t.current)).collect();
        assert_eq!(names, [("Musterbau GmbH", true), ("Zweite GmbH", false)]);
        here.enter(&token, &second.id().to_string(), &act())
            .unwrap();
        let acting = session(&here, &token, act().at).unwrap().acting;
        assert_eq!(acting, Some((second.id(), Role::Owner)));
        let foreign = here.enter(&token, &third.id().to_string(), &act());
        assert!(matches!(foreign, Err(AccessError::NotAllowed)));
        assert_ne!(first.id(), second.id());
    });
}

#[test]
fn an_owner_can_not_come_in_as_somebody_who_acts_for_others_too() {
    on_each_engine(|database| {
        let (here, first, _, _) = set_up(database);
        // The first owner opens Dora's link himself and begins a password in her name.
        let older = invite(&first, "Dora", Role::DataProtectionOfficer, None);
        let begun = here.accept(&older, None, &office(), &act()).unwrap().token;
        let as_dora = session(&here, &begun, act().at).unwrap().account;
        here.set_password(&begun, PASSWORD, true, &act()).unwrap();
        let new = NewOrganisation {
            name: "Zweite GmbH".to_owned(),
            country: Country::DE,
            land: None,
        };
        let second = Organisation::create(&here, &new, &act()).unwrap();
        let dora = NewMember::new(
            "Dora",
            "dora@musterbau.example",
            Lang::De,
            Role::DataProtectionOfficer,
            None,
        );
        let invited = second.invite(&dora.unwrap(), ADDRESS, &act()).unwrap();
        assert_eq!(invited.link, None);
        // None of that leads into the second organisation.
        let opened = here.accept(&older, None, &office(), &act());
        assert!(matches!(opened, Err(AccessError::Link)));
        assert!(session(&here, &begun, act().at).is_none());
        assert!(here.authenticator(as_dora).unwrap().is_none());
        assert_eq!(first.outbox().unwrap().len(), 0);
        assert_eq!(second.outbox().unwrap().len(), 1);
        let link = second.new_link(invited.account, ADDRESS, &act());
        assert!(matches!(link, Err(AccessError::ActsElsewhere)));
    });
}

#[test]
fn who_adds_an_organisation_has_no_open_link_into_it() {
    on_each_engine(|database| {
        let (here, first, _, _) = set_up(database);
        let link = invite(&first, "Dora", Role::Owner, None);
        let came = here.accept(&link, None, &office(), &act()).unwrap();
        let (token, _) = enrol(&here, &came.token, &act());
        let dora = session(&here, &token, act().at).unwrap().account;
        // The other owner lets her in anew, and keeps the link.
        let link = first.new_link(dora, ADDRESS, &act()).unwrap();
        let link = link.rsplit('/').next().unwrap();
        let new = NewOrganisation {
            name: "Zweite GmbH".to_owned(),
            country: Country::DE,
            land: None,
        };
        here.add_organisation(dora, &new, &act()).unwrap();
        let opened = here.accept(link, None, &office(), &act());
        assert!(matches!(opened, Err(AccessError::Link)));
    });
}

#[test]
fn who_lost_the_app_comes_back_by_a_link_and_the_old_codes_open_nothing() {
    on_each_engine(|database| {
        let (here, _, _, lost) = set_up(database);
        let later = at(5);
        let link = here
            .way_back_link("erika@musterbau.example", &later)
            .unwrap();
        assert_eq!(
            here.link(&link, later.at).unwrap().purpose,
            LinkFor::WayBack
        );
        let came = here.accept(&link, None, &office(), &later).unwrap();
        let (_, app) = enrol(&here, &came.token, &later);
        let later = at(10);
        let code_of = |app: &App| {
            let half = sign_in(
                &here,
                "erika@musterbau.example",
                PASSWORD,
                &office(),
                &later,
            )
            .unwrap();
            here.sign_in_with_code(&half.token, &app.code(later.at), &office(), &later)
        };
        assert!(matches!(code_of(&lost), Err(AccessError::Code)));
        assert!(code_of(&app).is_ok());
        let nobody = here.way_back_link("nobody@musterbau.example", &later);
        assert!(matches!(nobody, Err(AccessError::UnknownMember)));
    });
}

#[test]
fn sessions_end_by_time_by_idleness_and_by_hand() {
    on_each_engine(|database| {
        let (here, organisation, token, app) = set_up(database);
        let later = at(5);
        let half = sign_in(
            &here,
            "erika@musterbau.example",
            PASSWORD,
            &office(),
            &later,
        )
        .unwrap();
        let code = app.code(later.at);
        let second = here
            .sign_in_with_code(&half.token, &code, &office(), &later)
            .unwrap();
        assert_eq!(here.sessions(&token, later.at).unwrap().len(), 2);
        // One by its name, and only one's own.
        let third = {
            let at = at(7);
            let half = sign_in(&here, "erika@musterbau.example", PASSWORD, &office(), &at).unwrap();
            here.sign_in_with_code(&half.token, &app.code(at.at), &office(), &at)
                .unwrap()
                .token
        };
        let lines = here.sessions(&third, later.at).unwrap();
        let (this, rest): (Vec<_>, Vec<_>) = lines.into_iter().partition(|line| line.this);
        assert_eq!(rest.len(), 2);
        let own = here.end_session(&third, &this[0].id, &later);
        assert!(matches!(own, Err(AccessError::UnknownMember)));
        here.end_session(&token, &this[0].id, &later).unwrap();
        assert!(session(&here, &third, later.at).is_none());
        let link = invite(&organisation, "Paula", Role::Sales, None);
        let came = here.accept(&link, None, &office(), &act()).unwrap();
        let (paula, _) = enrol(&here, &came.token, &act());
        let foreign = here.end_session(&paula, &rest[0].id, &later);
        assert!(matches!(foreign, Err(AccessError::UnknownMember)));
        assert_eq!(here.sign_out_elsewhere(&token, &later).unwrap(), 1);
        assert!(session(&here, &second.token, later.at).is_none());
        assert!(session(&here, &token, at(11 * 60).at).is_some());
        assert!(session(&here, &token, at(24 * 60).at).is_none());
        here.sign_out(&token, &later).unwrap();
        assert!(session(&here, &token, later.at).is_none());
    });
}

#[test]
fn mail_waits_until_it_is_sent_and_is_tried_again() {
    on_each_engine(|database| {
        let (here, organisation, _, _) = set_up(database);
        invite(&organisation, "Paula", Role::Sales, None);
        let mail = here.next_mail(act().at).unwrap().unwrap();
        assert_eq!(mail.letter.to, "paula@musterbau.example");
        assert!(mail.letter.text.contains("/welcome/"));
        // Claimed: nobody else sends it at the same time.
        assert!(here.next_mail(act().at).unwrap().is_none());
        here.mail_failed(mail.id, "the server did not answer")
            .unwrap();
        let waiting = organisation.outbox().unwrap();
        // The owner sees of it what is not for the addressee alone.
        assert!(!format!("{waiting:?}").contains("/welcome/"));
        assert_eq!(
            waiting[0].failure.as_deref(),
            Some("the server did not answer")
        );
        let again = here.next_mail(at(2).at).unwrap().unwrap();
        here.mail_sent(again.id).unwrap();
        assert!(organisation.outbox().unwrap().is_empty());
    });
}

#[test]
fn letters_that_nobody_takes_do_not_stop_the_others_and_are_dropped_after_a_week() {
    on_each_engine(|database| {
        let (here, organisation, _, _) = set_up(database);
        for number in 0..20 {
            invite(&organisation, &format!("P{number}"), Role::Sales, None);
        }
        for days in 0..13 {
            while let Some(mail) = here.next_mail(at(days * 24 * 60).at).unwrap() {
                here.mail_failed(mail.id, "no such mailbox").unwrap();
            }
        }
        let late = at(13 * 24 * 60);
        let new = NewMember::new(
            "Paula",
            "paula@musterbau.example",
            Lang::De,
            Role::Sales,
            None,
        );
        organisation.invite(&new.unwrap(), ADDRESS, &late).unwrap();
        let mail = here.next_mail(late.at).unwrap().unwrap();
        assert_eq!(mail.letter.to, "paula@musterbau.example");
        here.tidy_access(late.at).unwrap();
        assert_eq!(organisation.outbox().unwrap().len(), 1);
    });
}

#[test]
fn a_new_link_takes_the_place_of_the_older_letter() {
    on_each_engine(|database| {
        let (here, organisation, _, _) = set_up(database);
        let older = invite(&organisation, "Paula", Role::Sales, None);
        let members = organisation.members(act().at, TODAY).unwrap();
        let paula = members.iter().find(|member| member.name == "Paula");
        let link = organisation
            .new_link(paula.unwrap().account, ADDRESS, &act())
            .unwrap();
        assert_eq!(organisation.outbox().unwrap().len(), 1);
        let mail = here.next_mail(act().at).unwrap().unwrap();
        assert!(mail.letter.text.contains(&link) && !mail.letter.text.contains(&older));
    });
}

/// Signs in with password and code, as another browser would.
fn second_session(here: &Installation, app: &App, act: &Act) -> String {
    let half = sign_in(here, "erika@musterbau.example", PASSWORD, &office(), act).unwrap();
    let code = app.code(act.at);
    let full = here.sign_in_with_code(&half.token, &code, &office(), act);
    full.unwrap().token
}

#[test]
fn a_new_password_or_way_back_ends_all_other_sessions() {
    on_each_engine(|database| {
        let (here, _, token, app) = set_up(database);
        let later = at(5);
        let other = second_session(&here, &app, &later);
        here.set_password(&token, PASSWORD, false, &later).unwrap();
        assert!(session(&here, &token, later.at).is_some());
        assert!(session(&here, &other, later.at).is_none());
        // The password alone can't be taken away: it is the only way in.
        let last = here.remove_password(&token, &later);
        assert!(matches!(last, Err(AccessError::LastWayIn)));
        let later = at(10);
        let other = second_session(&here, &app, &later);
        let link = here
            .way_back_link("erika@musterbau.example", &later)
            .unwrap();
        let came = here.accept(&link, None, &office(), &later).unwrap();
        let (back, _) = enrol(&here, &came.token, &later);
        assert!(session(&here, &back, later.at).is_some());
        for ended in [token, other] {
            assert!(session(&here, &ended, later.at).is_none());
        }
    });
}

#[test]
fn a_passkey_ceremony_takes_one_answer_even_if_that_does_not_fit() {
    on_each_engine(|database| {
        let (here, _, token, _) = set_up(database);
        let party = RelyingParty::new(ADDRESS).unwrap();
        let why = |error: AccessError| match error {
            AccessError::Passkey(why) => why,
            other => panic!("{other}"),
        };
        let (_, begun) = here
            .begin_passkey_sign_in(&party, &office(), &act())
            .unwrap();
        let sign_in = || {
            why(here
                .finish_passkey_sign_in(&begun, b"{}", &party, &office(), &act())
                .unwrap_err())
        };
        assert_eq!(sign_in(), "the answer can't be read");
        assert_eq!(sign_in(), "it took too long; try again");
        let (_, begun) = here.begin_passkey(&token, &party, &act()).unwrap();
        let add = || {
            let added = here.finish_passkey(&token, &begun, b"{}", "", &party, &office(), &act());
            why(added.unwrap_err())
        };
        assert_eq!(add(), "the answer can't be read");
        assert_eq!(add(), "it took too long; try again");
    });
}

#[test]
fn with_the_last_membership_the_account_is_erased() {
    on_each_engine(|database| {
        let (here, first, _, _) = set_up(database);
        let link = invite(&first, "Paula", Role::Sales, None);
        let came = here.accept(&link, None, &office(), &act()).unwrap();
        let (token, _) = enrol(&here, &came.token, &act());
        let paula = session(&here, &token, act().at).unwrap().account;
        let new = NewOrganisation {
            name: "Zweite GmbH".to_owned(),
            country: Country::DE,
            land: None,
        };
        let second = Organisation::create(&here, &new, &act()).unwrap();
        let also = NewMember::new("P", "paula@musterbau.example", Lang::De, Role::Sales, None);
        second.invite(&also.unwrap(), ADDRESS, &act()).unwrap();
        // Nothing is erased that another organisation needs.
        first.remove_member(paula, &act()).unwrap();
        assert!(here.credentials(paula).unwrap().password);
        let link = invite(&second, "Otto", Role::Owner, None);
        let came = here.accept(&link, None, &office(), &act()).unwrap();
        enrol(&here, &came.token, &act());
        let key_of = |account: AccountId| {
            let id: Id = account.to_string().parse().unwrap();
            let store = database.open();
            store
                .read(|tx| store::key::get(tx, Id([0; 16]), id))
                .unwrap()
        };
        assert!(key_of(paula).is_some());
        second.remove_member(paula, &act()).unwrap();
        assert!(key_of(paula).is_none());
        assert!(session(&here, &token, act().at).is_none());
        assert!(matches!(
            here.credentials(paula),
            Err(AccessError::SignedOut)
        ));
        assert!(second.outbox().unwrap().is_empty());
        let back = here.way_back_link("paula@musterbau.example", &act());
        assert!(matches!(back, Err(AccessError::UnknownMember)));
        // Invited anew, she is somebody new.
        let link = invite(&first, "Paula", Role::Sales, None);
        let came = here.accept(&link, None, &office(), &act()).unwrap().token;
        assert_ne!(session(&here, &came, act().at).unwrap().account, paula);
    });
}

#[test]
fn an_invitation_does_not_tell_whose_address_it_is() {
    on_each_engine(|database| {
        let (here, first, _, _) = set_up(database);
        let link = invite(&first, "Paula", Role::Sales, None);
        let came = here
            .accept(&link, Some("Paula Prüfer"), &office(), &act())
            .unwrap();
        let (token, _) = enrol(&here, &came.token, &act());
        let new = NewOrganisation {
            name: "Zweite GmbH".to_owned(),
            country: Country::DE,
            land: None,
        };
        let second = Organisation::create(&here, &new, &act()).unwrap();
        let new = NewMember::new(
            "Wer auch immer",
            "paula@musterbau.example",
            Lang::De,
            Role::Sales,
            None,
        );
        let invited = second.invite(&new.unwrap(), ADDRESS, &act()).unwrap();
        let shown = || {
            let members = second.members(act().at, TODAY).unwrap();
            let acting = second.member_name(invited.account).unwrap().unwrap();
            assert_eq!(members[0].name, acting);
            acting
        };
        assert_eq!(shown(), "Wer auch immer");
        here.enter(&token, &second.id().to_string(), &act())
            .unwrap();
        assert_eq!(shown(), "Paula Prüfer");
    });
}
