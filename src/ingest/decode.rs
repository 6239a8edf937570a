//! Bytes to text: which encoding a file is in, whether all of it really is, and its digest.

use crate::finding::{Code, Finding, Place};
use crate::io::World;
use encoding_rs::{DecoderResult, Encoding, GB18030, GBK, UTF_8};
use sha2::{Digest, Sha256};
use std::io::Read;

/// What a first pass over a file found.
#[derive(Debug, Clone)]
pub struct FileFacts {
    /// Lower-case hexadecimal SHA-256 of the bytes.
    pub sha256: String,
    /// Length in bytes.
    pub bytes: u64,
    /// The encoding that every byte of it fits.
    pub encoding: &'static Encoding,
}

/// Bytes that the detector is shown when the encoding is not stated.
const DETECTION_BYTES: usize = 1 << 20;

/// Reads a whole file once: digest, length, encoding. A stated encoding is checked, not believed.
pub fn inspect(world: &dyn World, file: &str, stated: Option<&str>) -> Result<FileFacts, Finding> {
    let first = scan(world, file, if stated == Some("gb18030") { GB18030 } else { UTF_8 })?;
    if first.bytes == 0 {
        return Err(Finding::new(Code::FileEmpty, Place::file(file)).with("file", file));
    }
    if let Some(kind) = first.workbook {
        return Err(Finding::new(Code::NotACsv, Place::file(file)).with("kind", kind));
    }
    if first.wide {
        let finding = Finding::new(Code::WrongEncoding, Place::line(file, 1));
        return Err(finding.with("expected", stated.unwrap_or("UTF-8 / GB18030")).with("got", "UTF-16"));
    }
    let encoding = if stated == Some("gb18030") { GB18030 } else { UTF_8 };
    let facts = FileFacts {
        sha256: first.sha256,
        bytes: first.bytes,
        encoding,
    };
    match (first.fault_at, stated) {
        (None, _) => Ok(facts),
        (Some(at), Some(name)) => Err(wrong(world, file, at, name)),
        (Some(at), None) => {
            let second = scan(world, file, GB18030)?;
            if second.fault_at.is_some() {
                return Err(wrong(world, file, at, "UTF-8 / GB18030"));
            }
            // Big5, EUC-JP and EUC-KR also decode as GB18030 without a fault, into nonsense.
            if second.guess == GBK || second.guess == GB18030 {
                return Ok(FileFacts {
                    encoding: GB18030,
                    ..facts
                });
            }
            let finding = Finding::new(Code::AmbiguousEncoding, place_of_byte(world, file, at));
            Err(finding.with("guess", second.guess.name()))
        }
    }
}

struct Scan {
    sha256: String,
    bytes: u64,
    /// Byte at which the tried encoding first fails.
    fault_at: Option<u64>,
    guess: &'static Encoding,
    /// Which spreadsheet program's workbook this is, when it is one.
    workbook: Option<&'static str>,
    /// True when zero bytes or a UTF-16 mark give two-byte text away.
    wide: bool,
}

fn scan(world: &dyn World, file: &str, tried: &'static Encoding) -> Result<Scan, Finding> {
    let unreadable = |e: &std::io::Error| {
        Finding::new(Code::FileUnreadable, Place::file(file))
            .with("file", file)
            .with("reason", format!("{:?}", e.kind()))
    };
    let mut reader = world.open(file).map_err(|e| unreadable(&e))?;
    let mut hash = Sha256::new();
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    let mut decoder = tried.new_decoder_with_bom_removal();
    let mut scratch = vec![0_u8; 1 << 19];
    let mut buffer = vec![0_u8; 1 << 17];
    let mut scan = Scan {
        sha256: String::new(),
        bytes: 0,
        fault_at: None,
        guess: UTF_8,
        workbook: None,
        wide: false,
    };
    loop {
        let length = reader.read(&mut buffer).map_err(|e| unreadable(&e))?;
        let chunk = buffer.get(..length).unwrap_or_default();
        hash.update(chunk);
        if scan.bytes == 0 {
            scan.workbook = workbook(chunk);
            scan.wide = chunk.starts_with(&[0xff, 0xfe]) || chunk.starts_with(&[0xfe, 0xff]) || memchr::memchr(0, chunk).is_some();
        }
        if (scan.bytes as usize) < DETECTION_BYTES {
            detector.feed(chunk, length == 0);
        }
        if scan.fault_at.is_none() {
            scan.fault_at = fault(&mut decoder, chunk, &mut scratch, length == 0).map(|at| scan.bytes + at as u64);
        }
        scan.bytes += length as u64;
        if length == 0 {
            break;
        }
    }
    scan.guess = detector.guess(None, chardetng::Utf8Detection::Deny);
    scan.sha256 = hexadecimal(&hash.finalize());
    Ok(scan)
}

/// Workbooks by their first bytes: a ZIP archive or an OLE file.
fn workbook(start: &[u8]) -> Option<&'static str> {
    if start.starts_with(b"PK\x03\x04") {
        return Some(".xlsx");
    }
    start.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]).then_some(".xls")
}

/// Bytes as lower-case hexadecimal text.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// Position in the chunk of the first byte sequence that does not fit, if any.
fn fault(decoder: &mut encoding_rs::Decoder, chunk: &[u8], scratch: &mut [u8], last: bool) -> Option<usize> {
    let mut from = 0;
    loop {
        let rest = chunk.get(from..).unwrap_or_default();
        let (result, read, _) = decoder.decode_to_utf8_without_replacement(rest, scratch, last);
        from += read;
        match result {
            DecoderResult::InputEmpty => return None,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(length, after) => return Some(from.saturating_sub(usize::from(length) + usize::from(after))),
        }
    }
}

fn wrong(world: &dyn World, file: &str, at: u64, expected: &str) -> Finding {
    let mut byte = [0_u8; 1];
    let got = world.open(file).ok().and_then(|mut reader| {
        std::io::copy(&mut reader.by_ref().take(at), &mut std::io::sink()).ok()?;
        reader.read_exact(&mut byte).ok()?;
        Some(format!("0x{:02X}", byte[0]))
    });
    Finding::new(Code::WrongEncoding, place_of_byte(world, file, at))
        .with("expected", expected)
        .with("got", got.unwrap_or_default())
}

fn place_of_byte(world: &dyn World, file: &str, at: u64) -> Place {
    let mut before = Vec::new();
    let read = world.open(file).and_then(|reader| reader.take(at).read_to_end(&mut before));
    if read.is_err() {
        return Place::file(file);
    }
    let line = memchr::memchr_iter(b'\n', &before).count() + 1;
    let start = memchr::memrchr(b'\n', &before).map_or(0, |p| p + 1);
    let column = before.get(start..).map_or(0, |b| String::from_utf8_lossy(b).chars().count()) + 1;
    Place::cell(file, line as u64, column as u64)
}

/// A reader of UTF-8 text, byte-order mark removed, over bytes that [`inspect`] has accepted.
#[must_use]
pub fn reader(raw: Box<dyn Read + Send>, encoding: &'static Encoding) -> Box<dyn Read + Send> {
    Box::new(
        encoding_rs_io::DecodeReaderBytesBuilder::new()
            .encoding(Some(encoding))
            .bom_override(false)
            .strip_bom(true)
            .utf8_passthru(true)
            .build(raw),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::io::Memory;

    fn inspect_bytes(bytes: &[u8], stated: Option<&str>) -> Result<FileFacts, Finding> {
        inspect(&Memory([("f.csv".to_owned(), bytes.to_vec())].into()), "f.csv", stated)
    }

    #[test]
    fn chinese_encodings_are_recognised_and_others_refused() {
        let text = "编号,总体满意度\n1,非常满意\n2,比较满意\n3,一般，服务人员态度不错\n";
        assert_eq!(inspect_bytes(text.as_bytes(), None).unwrap().encoding, UTF_8);
        let (gb, _, _) = GB18030.encode(text);
        assert_eq!(inspect_bytes(&gb, None).unwrap().encoding, GB18030);
        let (big5, _, _) = encoding_rs::BIG5.encode("編號,總體滿意度\n1,非常滿意\n2,比較滿意\n3,一般，服務人員態度不錯\n");
        assert_eq!(inspect_bytes(&big5, None).unwrap_err().code, Code::AmbiguousEncoding);
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(inspect_bytes(&wide, None).unwrap_err().code, Code::WrongEncoding);
    }

    #[test]
    fn a_fault_is_placed_at_its_byte() {
        let finding = inspect_bytes(b"a,b\n1,2\n3,\xff\xff\n", Some("utf-8")).unwrap_err();
        assert_eq!(finding.place.to_string(), "f.csv:3:3");
        assert_eq!(finding.args["got"], "0xFF");
    }

    #[test]
    fn the_digest_is_that_of_the_bytes() {
        let facts = inspect_bytes(b"abc", None).unwrap();
        assert_eq!(facts.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
