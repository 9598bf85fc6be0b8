//! `serve` and `demo`: pages and API over HTTP, with the jobs beside them.

mod answers;
mod backups;
mod gateway;
mod jobs;
mod mailbox;
mod post;
mod recipients;
mod token;

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use jiff::ZonedDateTime;
use operations::{Installation, Organisation, master_key_in, sample_requests, set_up_demo};
use store::Target;
use tokio::net::TcpListener;
use web::{AppState, Caller, Hosts, Pages, Token, Tokens};

use crate::cli::{Cli, Demo, Serve};
use crate::failure::Failure;
use crate::{office, output};
use answers::Live;
use gateway::Gateway;
use jobs::Jobs;
use post::Post;

pub fn serve(cli: &Cli, args: &Serve) -> Result<ExitCode, Failure> {
    let installation = office::installation_or_new(cli)?;
    // Before the first start is over there is none to name.
    let named = match Organisation::open(&installation, cli.organisation.as_deref()) {
        Ok(organisation) => Some(organisation.name().to_owned()),
        Err(operations::Error::NotSetUp | operations::Error::WhichOrganisation(_)) => None,
        Err(error) => return Err(error.into()),
    };
    let (secret, file) = token::load_or_create(&cli.data)?;
    let caller = Caller {
        account: "api".to_owned(),
        organisation: named.clone(),
    };
    let token = Token::new(&secret, caller)
        .map_err(|error| Failure::Usage(format!("{}: {error}", file.display())))?;
    let post = Post::new(&args.mail)?;
    let gateway = Gateway::new(&args.sms)?;
    let set_up = installation.set_up_link(&office::act())?;
    let listening = Listening {
        installation,
        named,
        tokens: Tokens::new(vec![token]),
        hosts: Hosts::new(args.hosts.clone()),
        address: args.address.clone(),
        behind_proxy: args.behind_proxy,
        post,
        mailbox: args.mail.mailbox.clone(),
        gateway,
        backups: backups::Plan::new(&args.backup)?,
        everybody: None,
    };
    let lang = office::lang(cli);
    listening.run(args.listen, |address| {
        output::line(match lang {
            law::Lang::De => format!(
                "Leitplanke antwortet unter {address}/ (Strg-C beendet). Der Zugangsschlüssel für \
                 die Schnittstelle steht in {}.",
                file.display()
            ),
            law::Lang::En => format!(
                "Leitplanke answers at {address}/ (Ctrl-C ends it). The API's token is in {}.",
                file.display()
            ),
        })?;
        match set_up {
            Some(token) => output::line(format!(
                "{}\n{address}/welcome/{token}",
                output::say(
                    lang,
                    "Hier richten Sie Leitplanke ein (gilt 24 Stunden und einmal):",
                    "Set Leitplanke up here (works for 24 hours, once):",
                )
            )),
            None => Ok(()),
        }
    })
}

pub fn demo(cli: &Cli, args: &Demo) -> Result<ExitCode, Failure> {
    let temporary = tempfile::tempdir().map_err(|source| Failure::File {
        what: "a temporary folder".to_owned(),
        source,
    })?;
    let folder = args.keep.as_deref().unwrap_or(temporary.path());
    mark_as_demo(folder)?;
    let installation =
        Installation::open(&Target::Sqlite(folder.to_owned()), master_key_in(folder)?)?;
    let organisation = match Organisation::open(&installation, None) {
        Ok(kept) => kept,
        Err(operations::Error::NotSetUp) => {
            let new = set_up_demo(&installation, args.contacts, &office::act())?;
            sample_requests(&new, &office::act())?;
            new
        }
        Err(error) => return Err(error.into()),
    };
    let listening = Listening {
        everybody: Some(organisation.demo_session(&office::act())?),
        installation,
        named: None,
        tokens: Tokens::default(),
        hosts: Hosts::new([]),
        address: None,
        behind_proxy: false,
        post: None,
        mailbox: None,
        gateway: None,
        backups: None,
    };
    let lang = office::lang(cli);
    listening.run(args.listen, |address| {
        output::line(match lang {
            law::Lang::De => {
                format!("Die Musterfirma ist bereit: {address}/ (Strg-C beendet)")
            }
            law::Lang::En => {
                format!("The sample firm is ready: {address}/ (Ctrl-C ends it)")
            }
        })
    })
}

/// Marks a new folder as one with invented data. Everybody gets in as an owner there, so one with
/// anything else is refused.
fn mark_as_demo(folder: &Path) -> Result<(), Failure> {
    let cannot = |source| Failure::file(folder, source);
    let mark = folder.join("demo");
    if mark.is_file() {
        return Ok(());
    }
    std::fs::create_dir_all(folder).map_err(cannot)?;
    if folder.read_dir().map_err(cannot)?.next().is_some() {
        return Err(Failure::Usage(format!(
            "{} was not made by `demo`, which would open what is in it to everybody; name a new or \
             empty folder with --keep",
            folder.display()
        )));
    }
    let text = "Invented data: `leitplanke demo` opens this folder to everybody.\n";
    std::fs::write(&mark, text).map_err(|source| Failure::file(&mark, source))
}

/// What is served.
struct Listening {
    installation: Installation,
    /// The organisation that the API answers for, if one was named.
    named: Option<String>,
    tokens: Tokens,
    hosts: Hosts,
    address: Option<String>,
    behind_proxy: bool,
    post: Option<Post>,
    mailbox: Option<PathBuf>,
    gateway: Option<Gateway>,
    backups: Option<backups::Plan>,
    everybody: Option<String>,
}

impl Listening {
    fn run(
        self,
        listen: SocketAddr,
        ready: impl FnOnce(&str) -> Result<(), Failure>,
    ) -> Result<ExitCode, Failure> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(|source| Failure::File {
                what: "the server".to_owned(),
                source,
            })?;
        let sends_mail = self.post.is_some();
        // What is sent there is read, so people can leave by it.
        if let (Some(post), Some(_)) = (&self.post, &self.mailbox) {
            self.installation.reads_mail_to(&post.answers_to());
        }
        if let Some(gateway) = &self.gateway {
            self.installation.has_sms_gateway();
            if !gateway.countries.is_empty() {
                self.installation.sends_sms_to(&gateway.countries);
            }
        }
        let jobs = Jobs::start(
            self.installation.clone(),
            self.post,
            self.mailbox,
            self.gateway,
            self.backups,
        );
        let served = runtime.block_on(async {
            let cannot = |source| Failure::File {
                what: format!("the address {listen} (choose another with --listen)"),
                source,
            };
            let listener = TcpListener::bind(listen).await.map_err(cannot)?;
            let bound = listener.local_addr().map_err(cannot)?;
            let address = self.address.unwrap_or_else(|| near(bound));
            self.installation.reached_at(&address);
            let hosts = self.hosts.and_listener(bound).and_address(&address);
            let pages = Pages {
                installation: self.installation.clone(),
                address: address.clone(),
                behind_proxy: self.behind_proxy,
                sends_mail,
                everybody: self.everybody,
                program: std::env::current_exe().ok(),
            };
            let state = AppState::new(
                Arc::new(Live::new(self.installation, self.named)),
                self.tokens,
                hosts,
                ZonedDateTime::now,
                Some(pages),
            );
            ready(address.trim_end_matches('/'))?;
            web::serve(listener, web::router(state), stopped())
                .await
                .map_err(cannot)
        });
        jobs.stop();
        served.map(|()| ExitCode::SUCCESS)
    }
}

/// Where a listener is reached from this machine. Passkeys need a name, so it is `localhost`
/// where that leads there.
fn near(bound: SocketAddr) -> String {
    if bound.ip().is_loopback() || bound.ip().is_unspecified() {
        format!("http://localhost:{}", bound.port())
    } else {
        format!("http://{bound}")
    }
}

/// Completes when the process is asked to end.
async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    if interrupt.await.is_err() {
        std::future::pending::<()>().await;
    }
}
