//! Any link is opened or refused, and what is opened can be shared again.

use diagram::share::{ShareError, decode, encode};

use super::scenario::round_trip;

/// Opens `data` as a link: as it is, as what a link packs, or as the text inside it. Only so does a
/// change of a few bytes reach each of the three layers.
pub(crate) fn fuzz(data: &[u8]) {
    let Some((&layer, rest)) = data.split_first() else {
        return;
    };
    let link = match layer % 3 {
        0 => match std::str::from_utf8(rest) {
            Ok(link) => link.to_owned(),
            Err(_) => return,
        },
        1 => format!("1.{}", base64(rest)),
        _ => format!("1.{}", base64(&stored(rest))),
    };
    let Ok(document) = decode(&link) else { return };
    round_trip(&document);
    match encode(&document) {
        Ok(link) => assert_eq!(decode(&link), Ok(document)),
        Err(error) => assert_eq!(error, ShareError::TooLong),
    }
}

/// `bytes` as one block of a deflated stream that is stored as it is (RFC 1951, 3.2.4).
fn stored(bytes: &[u8]) -> Vec<u8> {
    let length = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
    let mut out = vec![1];
    out.extend(length.to_le_bytes());
    out.extend((!length).to_le_bytes());
    out.extend(&bytes[..usize::from(length)]);
    out
}

/// `bytes` in the URL-safe alphabet of base 64 (RFC 4648, 5), without padding.
fn base64(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let mut three = [0; 3];
        three[..chunk.len()].copy_from_slice(chunk);
        let [a, b, c] = three.map(usize::from);
        let sextets = [
            a >> 2,
            (a & 3) << 4 | b >> 4,
            (b & 15) << 2 | c >> 6,
            c & 63,
        ];
        let shown = sextets.iter().take(chunk.len() + 1);
        out.extend(shown.map(|&sextet| char::from(ALPHABET[sextet])));
    }
    out
}
