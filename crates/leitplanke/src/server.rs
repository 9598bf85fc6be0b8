//! `serve` and `demo`: answers over HTTP, with the sequencer beside it.

mod answers;
mod sequencer;
mod token;

use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use jiff::ZonedDateTime;
use operations::{Installation, Organisation, master_key_in, set_up_demo};
use store::Target;
use tokio::net::TcpListener;
use web::{AppState, Caller, Hosts, Mode, Token, Tokens};

use crate::cli::{Cli, Demo, Serve};
use crate::failure::Failure;
use crate::{office, output};
use answers::Live;
use sequencer::Sequencer;

pub fn serve(cli: &Cli, args: &Serve) -> Result<ExitCode, Failure> {
    let installation = office::installation(cli)?;
    let organisation = Organisation::open(&installation, cli.organisation.as_deref())?;
    let (secret, file) = token::load_or_create(&cli.data)?;
    let caller = Caller {
        account: "api".to_owned(),
        organisation: organisation.name().to_owned(),
    };
    let token = Token::new(&secret, caller)
        .map_err(|error| Failure::Usage(format!("{}: {error}", file.display())))?;
    let listening = Listening {
        organisation,
        tokens: Tokens::new(vec![token]),
        hosts: Hosts::new(args.hosts.clone()),
        mode: Mode::Serve,
    };
    let lang = office::lang(cli);
    listening.run(args.listen, |address| {
        output::line(match lang {
            law::Lang::De => format!(
                "Leitplanke antwortet unter http://{address}/health (Strg-C beendet). Der \
                 Zugangsschlüssel für die Schnittstelle steht in {}.",
                file.display()
            ),
            law::Lang::En => format!(
                "Leitplanke answers at http://{address}/health (Ctrl-C ends it). The API's \
                 token is in {}.",
                file.display()
            ),
        })
    })
}

pub fn demo(cli: &Cli, args: &Demo) -> Result<ExitCode, Failure> {
    let temporary = tempfile::tempdir().map_err(|source| Failure::File {
        what: "a temporary folder".to_owned(),
        source,
    })?;
    let folder = args.keep.as_deref().unwrap_or(temporary.path());
    let installation =
        Installation::open(&Target::Sqlite(folder.to_owned()), master_key_in(folder)?)?;
    let organisation = match Organisation::open(&installation, None) {
        Ok(kept) => kept,
        Err(operations::Error::NotSetUp) => {
            set_up_demo(&installation, args.contacts, &office::act())?
        }
        Err(error) => return Err(error.into()),
    };
    let listening = Listening {
        organisation,
        tokens: Tokens::default(),
        hosts: Hosts::new([]),
        mode: Mode::Demo,
    };
    let lang = office::lang(cli);
    listening.run(args.listen, |address| {
        output::line(match lang {
            law::Lang::De => {
                format!("Die Musterfirma ist bereit: http://{address}/ (Strg-C beendet)")
            }
            law::Lang::En => {
                format!("The sample firm is ready: http://{address}/ (Ctrl-C ends it)")
            }
        })
    })
}

/// What is served.
struct Listening {
    organisation: Organisation,
    tokens: Tokens,
    hosts: Hosts,
    mode: Mode,
}

impl Listening {
    fn run(
        self,
        listen: SocketAddr,
        ready: impl FnOnce(SocketAddr) -> Result<(), Failure>,
    ) -> Result<ExitCode, Failure> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .build()
            .map_err(|source| Failure::File {
                what: "the server".to_owned(),
                source,
            })?;
        let sequencer = Sequencer::start(self.organisation.clone());
        let served = runtime.block_on(async {
            let cannot = |source| Failure::File {
                what: format!("the address {listen} (choose another with --listen)"),
                source,
            };
            let listener = TcpListener::bind(listen).await.map_err(cannot)?;
            let address = listener.local_addr().map_err(cannot)?;
            let answers = Arc::new(Live::new(self.organisation));
            let state = AppState::new(
                answers,
                self.tokens,
                self.hosts.and_listener(address),
                ZonedDateTime::now,
                self.mode,
            );
            ready(address)?;
            web::serve(listener, web::router(state), stopped())
                .await
                .map_err(cannot)
        });
        sequencer.stop();
        served.map(|()| ExitCode::SUCCESS)
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
