//! The arithmetic of Chinese numbers with units: takes digits and units one by one, refuses those that cannot follow.

/// A Chinese number with units while it is being read.
#[derive(Default)]
pub(super) struct Composed {
    /// Closed 亿 and 万 groups.
    closed: u64,
    /// The group being read, below 10,000.
    group: u64,
    /// A digit that waits for its unit.
    digit: Option<u64>,
    /// The last unit of the group, to read 二百五 as 250.
    last: Option<u64>,
    /// The last large unit, to read 三万五 as 35,000.
    large: Option<u64>,
    /// Whether the print says that it is not exact.
    pub(super) inexact: bool,
}

impl Composed {
    pub(super) fn digit(&mut self, d: u32, estimate: bool) -> bool {
        if self.digit.is_some_and(|waiting| waiting > 0) {
            return false;
        }
        self.inexact |= estimate;
        if d == 0 {
            // 一百零五: the zero says that the next digit is a unit digit.
            (self.last, self.large) = (None, None);
            return self.group > 0 || self.closed > 0 || self.digit.is_none();
        }
        self.digit = Some(u64::from(d));
        true
    }

    pub(super) fn tens(&mut self, t: u64) -> bool {
        let free = self.digit.is_none() && self.group.is_multiple_of(100);
        if free {
            self.group += t;
            self.last = Some(10);
        }
        free
    }

    pub(super) fn unit(&mut self, power: i32) -> bool {
        let unit = 10_u64.pow(power.unsigned_abs());
        if power <= 3 {
            let fits = self.group.is_multiple_of(unit * 10) && (self.digit.is_some() || self.group == 0 || power == 1);
            if fits {
                self.group += self.digit.take().unwrap_or(1) * unit;
                self.last = Some(unit);
            }
            return fits;
        }
        let group = self.group + self.digit.take().unwrap_or(0);
        let group = if group == 0 && self.closed == 0 { 1 } else { group };
        let (Some(closed), true) = ((self.closed + group).checked_mul(unit), self.closed < 1_000_000_000_000) else {
            return false;
        };
        // 三亿五千万: only what was read since the last large unit takes the new one.
        let fresh = self.large.is_some_and(|large| large > unit);
        self.closed = if fresh { self.closed + group * unit } else { closed };
        (self.group, self.last, self.large) = (0, None, Some(unit));
        true
    }

    pub(super) fn value(&self) -> u64 {
        let tail = self.digit.unwrap_or(0);
        let worth = match (self.last, self.large) {
            (Some(last), _) if last >= 100 => last / 10,
            (None, Some(large)) if self.group == 0 => large / 10,
            _ => 1,
        };
        self.closed + self.group + tail * worth
    }
}
