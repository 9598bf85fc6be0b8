//! Sealed files of any length, such as backups: the STREAM construction over XChaCha20-Poly1305.
//!
//! A file is sealed in chunks under a key of its own. Each chunk knows its place and whether it is
//! the last, so a file that was cut, or whose chunks were changed or exchanged, can't be read to its
//! end. Format: eight bytes that name it, 32 random bytes, then the chunks with their tags.

use std::fmt;
use std::io::{self, Read, Write};

use chacha20poly1305::aead::Payload;
use chacha20poly1305::aead::stream::{DecryptorBE32, EncryptorBE32};
use chacha20poly1305::{KeyInit, XChaCha20Poly1305};
use hmac::Mac;
use zeroize::Zeroizing;

use crate::master::MasterKey;
use crate::secret::Secret;
use crate::subject::{derive, keyed_hmac};
use crate::wrapping::{VaultError, random_key};

const MAGIC: &[u8; 8] = b"lpseal\x00\x01";
const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;
/// What is left of the nonce beside the number of the chunk. Each file has a key of its own, so it
/// need not vary.
const PREFIX: [u8; 19] = [0; 19];

/// A key that seals files. Cleared from memory when dropped.
#[derive(Clone)]
pub struct StreamKey(Zeroizing<[u8; 32]>);

impl fmt::Debug for StreamKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StreamKey(..)")
    }
}

impl MasterKey {
    /// The key that seals files of this use under the master key itself.
    #[must_use]
    pub fn stream_key(&self, label: &str) -> StreamKey {
        StreamKey(derive(self.bytes(), "master/stream", label.as_bytes()))
    }
}

impl Secret {
    /// The key that seals files of this use.
    #[must_use]
    pub fn stream_key(&self, label: &str) -> StreamKey {
        StreamKey(derive(self.expose(), "secret/stream", label.as_bytes()))
    }
}

impl StreamKey {
    /// Names the key without revealing it: 16 hexadecimal characters.
    #[must_use]
    pub fn id(&self) -> String {
        hex::encode(&derive(&self.0, "stream/id", b"")[..8])
    }

    /// A code that only this key makes, for a text that stays readable.
    #[must_use]
    pub fn code(&self, text: &[u8]) -> [u8; 32] {
        let mut mac = keyed_hmac(&derive(&self.0, "stream/code", b""));
        mac.update(text);
        mac.finalize().into_bytes().into()
    }

    /// Whether [`code`](Self::code) gives this for the text; takes the same time either way.
    #[must_use]
    pub fn fits(&self, text: &[u8], code: &[u8]) -> bool {
        let mut mac = keyed_hmac(&derive(&self.0, "stream/code", b""));
        mac.update(text);
        mac.verify_slice(code).is_ok()
    }

    fn cipher(&self, salt: &[u8; 32]) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*derive(&self.0, "stream/file", salt)).into())
    }
}

/// Seals what is written to it. What was written is whole only after [`finish`](Self::finish).
pub struct SealingWriter<W> {
    out: W,
    encryptor: EncryptorBE32<XChaCha20Poly1305>,
    context: Vec<u8>,
    waiting: Zeroizing<Vec<u8>>,
}

impl<W: Write> SealingWriter<W> {
    /// Begins a file. `context` says what it is, such as its name; only the same opens it.
    ///
    /// # Errors
    /// When `out` can't be written or the system gives no random numbers.
    pub fn new(mut out: W, key: &StreamKey, context: &str) -> io::Result<Self> {
        let salt = random_key().map_err(io::Error::other)?;
        out.write_all(MAGIC)?;
        out.write_all(&*salt)?;
        Ok(Self {
            out,
            encryptor: EncryptorBE32::from_aead(key.cipher(&salt), (&PREFIX).into()),
            context: context.as_bytes().to_vec(),
            waiting: Zeroizing::new(Vec::with_capacity(CHUNK)),
        })
    }

    /// Seals the last chunk and gives back what was written to, which the caller makes durable.
    ///
    /// # Errors
    /// When it can't be written.
    pub fn finish(mut self) -> io::Result<W> {
        let payload = Payload {
            msg: &self.waiting,
            aad: &self.context,
        };
        let last = self.encryptor.encrypt_last(payload);
        self.out.write_all(&last.map_err(|_| too_long())?)?;
        self.out.flush()?;
        Ok(self.out)
    }
}

impl<W: Write> Write for SealingWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full chunk waits until more comes: it could be the last.
        if self.waiting.len() == CHUNK && !bytes.is_empty() {
            let payload = Payload {
                msg: &self.waiting,
                aad: &self.context,
            };
            let chunk = self.encryptor.encrypt_next(payload);
            self.out.write_all(&chunk.map_err(|_| too_long())?)?;
            self.waiting.clear();
        }
        let taken = bytes.len().min(CHUNK - self.waiting.len());
        self.waiting.extend_from_slice(&bytes[..taken]);
        Ok(taken)
    }

    /// Chunks are written when they are full.
    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn too_long() -> io::Error {
    io::Error::other(VaultError::TooLong)
}

/// Opens what [`SealingWriter`] sealed. It ends only after the last chunk was found genuine: until
/// then nothing that was read may be relied on.
pub struct OpeningReader<R> {
    sealed: R,
    /// `None` once the last chunk was opened.
    decryptor: Option<DecryptorBE32<XChaCha20Poly1305>>,
    context: Vec<u8>,
    /// Bytes of the file that are read and not opened yet.
    ahead: Vec<u8>,
    opened: Zeroizing<Vec<u8>>,
    given: usize,
}

impl<R: Read> OpeningReader<R> {
    /// Begins to read a file that was sealed with the same key and context.
    ///
    /// # Errors
    /// When it can't be read or is no sealed file.
    pub fn new(mut sealed: R, key: &StreamKey, context: &str) -> io::Result<Self> {
        let (mut magic, mut salt) = ([0; MAGIC.len()], [0; 32]);
        let head = sealed.read_exact(&mut magic);
        head.and_then(|()| sealed.read_exact(&mut salt))
            .map_err(|error| match error.kind() {
                io::ErrorKind::UnexpectedEof => refused(VaultError::Format),
                _ => error,
            })?;
        if magic != *MAGIC {
            return Err(refused(VaultError::Format));
        }
        Ok(Self {
            sealed,
            decryptor: Some(DecryptorBE32::from_aead(
                key.cipher(&salt),
                (&PREFIX).into(),
            )),
            context: context.as_bytes().to_vec(),
            ahead: Vec::new(),
            opened: Zeroizing::new(Vec::new()),
            given: 0,
        })
    }

    fn open_chunk(&mut self) -> io::Result<()> {
        let Some(mut decryptor) = self.decryptor.take() else {
            return Ok(());
        };
        // One byte more than a chunk tells whether another one follows.
        let missing = (CHUNK + TAG + 1).saturating_sub(self.ahead.len());
        self.sealed
            .by_ref()
            .take(missing as u64)
            .read_to_end(&mut self.ahead)?;
        let refuse = |_| refused(VaultError::Open);
        let aad = &self.context[..];
        let opened = if self.ahead.len() > CHUNK + TAG {
            let msg = &self.ahead[..CHUNK + TAG];
            let opened = decryptor.decrypt_next(Payload { msg, aad });
            self.ahead.drain(..CHUNK + TAG);
            self.decryptor = Some(decryptor);
            opened.map_err(refuse)?
        } else {
            let msg = &self.ahead[..];
            decryptor
                .decrypt_last(Payload { msg, aad })
                .map_err(refuse)?
        };
        self.opened = Zeroizing::new(opened);
        self.given = 0;
        Ok(())
    }
}

impl<R: Read> Read for OpeningReader<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.opened.len() && self.decryptor.is_some() {
            self.open_chunk()?;
        }
        let left = &self.opened[self.given..];
        let count = left.len().min(into.len());
        into[..count].copy_from_slice(&left[..count]);
        self.given += count;
        Ok(count)
    }
}

fn refused(error: VaultError) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, error)
}
