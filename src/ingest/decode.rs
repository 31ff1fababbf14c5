//! Bytes to text: BOM, then the charset a page declares, then UTF-8, then UTF-16 by its pattern, then GB18030, with a check for Big5.
//! Refuses binary files and says what they are.

use encoding_rs::{BIG5, Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// A decoded text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text without BOM.
    pub text: String,
    /// The name of the encoding, `UTF-8`, `GB18030`, …
    pub encoding: &'static str,
    /// What should be said about it: an encoding that was guessed, bytes that could not be read.
    pub remark: Option<String>,
}

/// Why bytes are no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoText {
    /// What is wrong.
    pub problem: String,
    /// What to do.
    pub remedy: String,
}

/// How many bytes of a page are searched for its charset.
const HEAD: usize = 4096;
/// One broken character in so many is damage; more is another encoding.
const DAMAGE: usize = 200;

/// Decodes `bytes`; `page` says that a charset may be declared in them.
///
/// # Errors
/// `NoText` where the bytes are empty, binary or in no encoding that Chinese texts use.
pub fn decode(bytes: &[u8], page: bool) -> Result<Decoded, NoText> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(no_text("the file is empty", "remove it, or fill it with the text"));
    }
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return Ok(lossy(&bytes[length..], encoding, None));
    }
    if let Some(name) = binary(bytes) {
        return Err(no_text(
            &format!("the file is not text: it looks like {name}"),
            "save it as .txt or .html and add that file",
        ));
    }
    if let Some(encoding) = utf16(bytes) {
        return Ok(lossy(bytes, encoding, Some("read as UTF-16, which has no mark here")));
    }
    if bytes.contains(&0) {
        return Err(no_text("the file is binary: it holds zero bytes", "save it as .txt or .html and add that file"));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded { text: text.to_owned(), encoding: UTF_8.name(), remark: None });
    }
    if let Some(encoding) = page.then(|| declared(bytes)).flatten().filter(|&e| e != UTF_8) {
        // Every GB page is read as GB18030: pages that say gb2312 use characters beyond it.
        let encoding = if encoding == encoding_rs::GBK { GB18030 } else { encoding };
        let decoded = lossy(bytes, encoding, None);
        if damage(&decoded.text) {
            return Ok(decoded);
        }
    }
    let damaged = lossy(bytes, UTF_8, Some("some bytes are not UTF-8 and were replaced"));
    if damage(&damaged.text) && damaged.text.chars().any(han) {
        return Ok(damaged);
    }
    chinese(bytes).ok_or_else(|| no_text("the file is neither UTF-8, UTF-16, GB18030 nor Big5", "save it as UTF-8"))
}

/// GB18030 or Big5, whichever gives the commoner characters. GB18030 accepts most Big5 bytes, as rare and private characters.
fn chinese(bytes: &[u8]) -> Option<Decoded> {
    let candidate = |encoding: &'static Encoding| {
        let decoded = lossy(bytes, encoding, Some(&format!("read as {}", encoding.name())));
        damage(&decoded.text).then(|| (common(&decoded.text), decoded))
    };
    match (candidate(GB18030), candidate(BIG5)) {
        (Some((gb, _)), Some((big5, decoded))) if big5 > gb * 1.5 => Some(decoded),
        (Some((_, decoded)), _) | (None, Some((_, decoded))) => Some(decoded),
        (None, None) => None,
    }
}

/// The share of the commonest characters among the Han characters, both scripts.
fn common(text: &str) -> f64 {
    const COMMON: &str = "的一是在不了有和人这中大为上个国我以要他来用们到说时地也子就年会工作对于发展建设政府关企业市省区民法规定实施管理加强社会服务机制提案办应\
        這為個國來們說時會對於發設關業區規實務機辦應經濟與進動見員開";
    let (mut all, mut known) = (1_usize, 0_usize);
    for c in text.chars().filter(|&c| han(c) || ('\u{e000}'..='\u{f8ff}').contains(&c)) {
        all += 1;
        known += usize::from(COMMON.contains(c));
    }
    known as f64 / all as f64
}

fn han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

fn lossy(bytes: &[u8], encoding: &'static Encoding, remark: Option<&str>) -> Decoded {
    let (text, broken) = encoding.decode_without_bom_handling(bytes);
    let remark = match (remark, broken) {
        (remark, false) => remark.map(str::to_owned),
        (_, true) => {
            let replaced = text.matches('\u{fffd}').count();
            Some(format!("{replaced} characters are not {} and were replaced by U+FFFD", encoding.name()))
        }
    };
    Decoded { text: text.into_owned(), encoding: encoding.name(), remark }
}

/// Whether so few characters are broken that it is damage, not another encoding.
fn damage(text: &str) -> bool {
    let broken = text.matches('\u{fffd}').count();
    let control = text.chars().filter(|c| c.is_control() && !c.is_whitespace()).count();
    (broken + control) * DAMAGE <= text.chars().count()
}

/// UTF-16 without BOM: every other byte of Chinese and ASCII text lies in a narrow range.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    // Any text of lines has line breaks or spaces, and these have a zero byte.
    if !bytes.contains(&0) || bytes.len() < 8 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let sample = &bytes[..bytes.len().min(4096) & !1];
    let plausible = |encoding: &'static Encoding| {
        let (text, broken) = encoding.decode_without_bom_handling(sample);
        let good = text
            .chars()
            .filter(|&c| han(c) || c.is_ascii_graphic() || c.is_whitespace() || "，。、；：“”《》（）".contains(c));
        !broken
            && good.count() * 10 >= text.chars().count() * 9
            && text.chars().filter(|&c| c.is_ascii_whitespace() || "，。、".contains(c)).count() > 0
    };
    [UTF_16LE, UTF_16BE].into_iter().find(|e| plausible(e))
}

/// The charset that a page declares.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head: Vec<u8> = bytes.iter().take(HEAD).map(u8::to_ascii_lowercase).collect();
    let at = head.windows(8).position(|w| w == b"charset=")? + 8;
    let name: Vec<u8> = head[at..]
        .iter()
        .copied()
        .skip_while(|b| matches!(b, b'"' | b'\'' | b' '))
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
        .collect();
    Encoding::for_label(&name)
}

/// The name of a well-known binary format.
fn binary(bytes: &[u8]) -> Option<&'static str> {
    let known: [(&[u8], &str); 8] = [
        (b"%PDF", "a PDF"),
        (b"PK\x03\x04", "a .docx, .xlsx or .zip file"),
        (b"\xd0\xcf\x11\xe0", "a .doc, .xls or .wps file"),
        (b"\x89PNG", "a picture"),
        (b"\xff\xd8\xff", "a picture"),
        (b"GIF8", "a picture"),
        (b"{\\rtf", "an RTF file"),
        (b"\x1f\x8b", "a compressed file"),
    ];
    known.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|&(_, name)| name)
}

fn no_text(problem: &str, remedy: &str) -> NoText {
    NoText { problem: problem.to_owned(), remedy: remedy.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SIMPLE: &str = "关于加强小微企业服务的提案\n一、建议市政府建立机制，对企业实施管理。\n";
    const TRADITIONAL: &str =
        "關於加強小微企業服務的提案\n一、建議市政府建立機制，對企業實施管理。這是為了國家的發展。\n";

    fn text_of(bytes: &[u8]) -> (String, &'static str) {
        let decoded = decode(bytes, false).unwrap();
        (decoded.text, decoded.encoding)
    }

    fn utf16_bytes(text: &str, little: bool) -> Vec<u8> {
        text.encode_utf16().flat_map(|u| if little { u.to_le_bytes() } else { u.to_be_bytes() }).collect()
    }

    #[test]
    fn each_encoding_of_chinese_texts_is_read() {
        assert_eq!(text_of(SIMPLE.as_bytes()), (SIMPLE.to_owned(), "UTF-8"));
        let bom = [b"\xef\xbb\xbf", SIMPLE.as_bytes()].concat();
        assert_eq!(text_of(&bom), (SIMPLE.to_owned(), "UTF-8"));
        assert_eq!(text_of(&GB18030.encode(SIMPLE).0), (SIMPLE.to_owned(), "gb18030"));
        assert_eq!(text_of(&BIG5.encode(TRADITIONAL).0), (TRADITIONAL.to_owned(), "Big5"));
        assert_eq!(text_of(&GB18030.encode(TRADITIONAL).0), (TRADITIONAL.to_owned(), "gb18030"));
        for little in [true, false] {
            let name = if little { "UTF-16LE" } else { "UTF-16BE" };
            let bytes = utf16_bytes(SIMPLE, little);
            assert_eq!(text_of(&bytes), (SIMPLE.to_owned(), name));
            let mark: &[u8] = if little { b"\xff\xfe" } else { b"\xfe\xff" };
            assert_eq!(text_of(&[mark, &bytes].concat()), (SIMPLE.to_owned(), name));
        }
    }

    #[test]
    fn a_page_that_declares_gb2312_is_read_as_gb18030() {
        let page = "<meta charset=\"gb2312\"><p>镕基，㐂是生僻字</p>";
        let decoded = decode(&GB18030.encode(page).0, true).unwrap();
        assert_eq!(decoded.text, page);
    }

    #[test]
    fn a_truncated_utf8_file_is_damage_not_another_encoding() {
        let long = SIMPLE.repeat(20);
        let cut = &long.as_bytes()[..long.len() - 2];
        let decoded = decode(cut, false).unwrap();
        assert_eq!(decoded.encoding, "UTF-8");
        assert!(decoded.remark.is_some());
    }

    #[test]
    fn empty_and_binary_files_are_refused_by_name() {
        assert!(decode(b" \n", false).unwrap_err().problem.contains("empty"));
        assert!(decode(b"%PDF-1.7 ...", false).unwrap_err().problem.contains("PDF"));
        assert!(decode(b"\x00\x01\x02\x03\xff\xfe\x80", false).unwrap_err().problem.contains("binary"));
    }

    proptest! {
        #[test]
        fn utf8_is_never_changed(text in "[甲-龥a-z\n，。]{1,200}[甲-龥]") {
            prop_assert_eq!(decode(text.as_bytes(), false).unwrap().text, text);
        }

        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200), page: bool) {
            let _ = decode(&bytes, page);
        }
    }
}
