//! `POST /api/v1/decide` against axum's own JSON echo of the same facts, 32 connections each.
//!
//! Both servers run in this process on one thread of their own, the client on another; the
//! requests are made beforehand, and of the answers only status and length are read.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use axum::routing::post;
use axum::{Json, Router};
use jiff::ZonedDateTime;
use law::Lang;
use measure::{Line, Result, compare, rate};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::{Builder, Runtime};
use web::{AnswerError, Answers, AppState, Caller, ContactQuestion, Health, Hosts, Tokens};

const ROUNDS: usize = 11;
const CONNECTIONS: usize = 32;
const ROUND: Duration = Duration::from_secs(1);

fn main() -> Result<()> {
    let facts = facts();
    let gate = start(web_routes(), true)?;
    let echo = start(Router::new().route("/", post(echo)), false)?;
    let client = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    let gate_request = request(gate, "/api/v1/decide?lang=de", &facts);
    let echo_request = request(echo, "/", &facts);
    let figures = compare(
        ROUNDS,
        || rate(|| client.block_on(load(gate, &gate_request))),
        || rate(|| client.block_on(load(echo, &echo_request))),
    )?;
    let line = Line {
        ours: "gate over HTTP, made-up facts",
        theirs: "axum's JSON echo, 32 connections",
        unit: "/s",
        figures,
        goal: Some(0.6),
    };
    println!("{line}");
    Ok(())
}

/// A business contact with a consent, as a mailer would ask about it.
fn facts() -> String {
    json!({
        "contact": { "kind": "business", "country": "DE" },
        "channel": "email",
        "purpose": "direct_marketing",
        "consents": [{
            "purpose": "direct_marketing",
            "channels": ["email"],
            "given_on": "2025-03-03",
            "proof": "double_opt_in_completed",
        }],
        "objections": [],
    })
    .to_string()
}

async fn echo(Json(facts): Json<Value>) -> Json<Value> {
    Json(facts)
}

/// Serves on a thread of its own for as long as the program runs.
fn start(routes: Router, ours: bool) -> Result<SocketAddr> {
    let runtime: Runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0"))?;
    let address = listener.local_addr()?;
    std::thread::spawn(move || {
        runtime.block_on(async move {
            if ours {
                web::serve(listener, routes, std::future::pending()).await
            } else {
                axum::serve(listener, routes).await
            }
        })
    });
    Ok(address)
}

fn web_routes() -> Router {
    let state = AppState::new(
        Arc::new(Nobody),
        Tokens::default(),
        Hosts::new([]),
        ZonedDateTime::now,
        None,
    );
    web::router(state)
}

/// Made-up facts need no database.
struct Nobody;

impl Answers for Nobody {
    fn health(&self, _: &ZonedDateTime) -> Health {
        Health {
            engine: "none",
            database_reachable: false,
            log_entries: None,
            oldest_waiting: None,
        }
    }

    fn decide_contact(
        &self,
        _: &Caller,
        _: &ContactQuestion,
        _: &ZonedDateTime,
        _: Lang,
    ) -> std::result::Result<Value, AnswerError> {
        Err(AnswerError::Unavailable)
    }
}

fn request(server: SocketAddr, path: &str, body: &str) -> Vec<u8> {
    format!(
        "POST {path} HTTP/1.1\r\nhost: {server}\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

/// Asks on all connections for one round and gives how many answers came.
async fn load(server: SocketAddr, request: &[u8]) -> Result<usize> {
    let request: Arc<[u8]> = request.into();
    let answers = Arc::new(AtomicUsize::new(0));
    let over = Arc::new(AtomicBool::new(false));
    let mut tasks = Vec::with_capacity(CONNECTIONS);
    for _ in 0..CONNECTIONS {
        let (request, answers, over) = (request.clone(), answers.clone(), over.clone());
        tasks.push(tokio::spawn(async move {
            let mut stream = TcpStream::connect(server).await?;
            stream.set_nodelay(true)?;
            let mut buffer = Vec::with_capacity(16 * 1024);
            while !over.load(Ordering::Relaxed) {
                stream.write_all(&request).await?;
                answer(&mut stream, &mut buffer).await?;
                answers.fetch_add(1, Ordering::Relaxed);
            }
            Ok::<_, Box<dyn std::error::Error + Send + Sync>>(())
        }));
    }
    tokio::time::sleep(ROUND).await;
    over.store(true, Ordering::Relaxed);
    for task in tasks {
        task.await??;
    }
    Ok(answers.load(Ordering::Relaxed))
}

/// Reads one answer to its end; anything but 200 is an error.
async fn answer(stream: &mut TcpStream, buffer: &mut Vec<u8>) -> Result<()> {
    buffer.clear();
    loop {
        if stream.read_buf(buffer).await? == 0 {
            return Err("the server closed the connection".into());
        }
        let Some(head) = buffer.windows(4).position(|bytes| bytes == b"\r\n\r\n") else {
            continue;
        };
        let text = std::str::from_utf8(&buffer[..head])?;
        if !text.starts_with("HTTP/1.1 200") {
            return Err(
                format!("the server answered {}", text.lines().next().unwrap_or("")).into(),
            );
        }
        let length = text
            .lines()
            .filter_map(|line| line.split_once(':'))
            .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
            .ok_or("an answer without its length")?
            .1
            .trim()
            .parse::<usize>()?;
        if buffer.len() >= head + 4 + length {
            return Ok(());
        }
    }
}
