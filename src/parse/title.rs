//! When two titles are one title: the forms under which the title of an act or a proposal is printed.

/// A title in letters and digits alone: brackets, quotation marks and white space fall away.
pub(crate) fn plain(title: &str) -> String {
    title.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The act in the title of a notice: 某府关于印发某办法的通知 → 某办法.
pub(crate) fn act(title: &str) -> String {
    let ends = ["的通知", "的函", "的决定", "的公告"];
    let carried = ["印发", "转发", "公布", "发布"].iter().find_map(|verb| {
        let (_, rest) = title.split_once(verb)?;
        ends.iter().find_map(|end| rest.strip_suffix(end)).filter(|rest| rest.chars().count() >= 4)
    });
    carried.unwrap_or(title).to_owned()
}

/// A title without the edition in brackets at its end: （试行）, （2021年修正）.
pub(crate) fn without_edition(title: &str) -> &str {
    let trimmed = title.trim_end();
    let cut = trimmed.ends_with(['）', ')']).then(|| trimmed.rfind(['（', '('])).flatten();
    cut.filter(|&at| at > 0).map_or(trimmed, |at| &trimmed[..at])
}

/// The forms under which a policy's title is the same title.
pub(crate) fn forms(title: &str) -> Vec<String> {
    let whole = plain(title);
    let about = |t: &str| t.find("关于").filter(|&at| at > 0 && at <= 60).map(|at| t[at..].to_owned());
    let mut forms = vec![whole.clone(), act(&whole)];
    forms.extend(about(&whole));
    forms.extend(about(&act(&whole)));
    forms.dedup();
    forms
}

/// The part of a title that says what it is about: without issuer, and without the notice around an act.
pub(crate) fn core(title: &str) -> String {
    let act = act(&plain(title));
    act.find("关于").map_or(act.clone(), |at| act[at..].to_owned())
}

/// The forms that another title may share: without edition, without 中华人民共和国 or the place.
pub(crate) fn shorts(title: &str) -> Vec<String> {
    let base = act(&plain(without_edition(title)));
    let mut forms = vec![base.clone()];
    forms.extend(base.strip_prefix("中华人民共和国").map(str::to_owned));
    let place = base.char_indices().take(9).find(|&(at, c)| at > 0 && matches!(c, '省' | '市' | '区' | '县' | '州'));
    forms.extend(place.map(|(at, c)| base[at + c.len_utf8()..].to_owned()));
    forms.retain(|f| f.chars().count() >= 4);
    forms
}

/// A proposal's title without 关于 and its last noun, for 提案 and 建议 of one title are one.
pub(crate) fn request(title: &str) -> String {
    let title = plain(title);
    let title = title.strip_prefix("关于").unwrap_or(&title);
    let ends = ["建议案", "提案", "建议", "议案", "案"];
    ends.iter().find_map(|e| title.strip_suffix(e)).unwrap_or(title).trim_end_matches('的').to_owned()
}

/// The distinct character pairs of a title, in order.
pub(crate) fn pairs(title: &str) -> Vec<[char; 2]> {
    let chars: Vec<char> = title.chars().collect();
    let mut pairs: Vec<[char; 2]> = chars.windows(2).map(|w| [w[0], w[1]]).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}
