//! Merkle log, proofs and receipts that verify offline.
