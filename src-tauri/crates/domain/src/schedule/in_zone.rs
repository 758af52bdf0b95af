//! croner's view of a jiff moment in a zone.

use croner::errors::CronError;
use croner::{CivilDate, CivilDateTime, CivilTime, CronDateTime, Resolution, Weekday};
use jiff::tz::AmbiguousOffset;
use jiff::{SignedDuration, ZonedDateTime};
use std::cmp::Ordering;

/// croner's own support is for jiff 0.2; this gives it jiff 1.
#[derive(Clone)]
pub(super) struct InZone(pub ZonedDateTime);

impl CronDateTime for InZone {
    fn to_civil(&self) -> CivilDateTime {
        let at = self.0.datetime();
        let part = |value: i8| u32::from(value.unsigned_abs());
        // jiff has checked the parts.
        CivilDateTime::new(
            CivilDate::from_parts_unchecked(i32::from(at.year()), part(at.month()), part(at.day())),
            CivilTime::from_parts_unchecked(part(at.hour()), part(at.minute()), part(at.second())),
        )
    }

    fn civil_weekday(&self) -> Weekday {
        weekday(self.0.weekday())
    }

    fn resolve_civil(&self, civil: CivilDateTime) -> Result<Resolution<Self>, CronError> {
        let part = |value: u32| i8::try_from(value).map_err(|_| CronError::InvalidDate);
        let datetime = jiff::civil::DateTime::new(
            i16::try_from(civil.year()).map_err(|_| CronError::InvalidDate)?,
            part(civil.month())?,
            part(civil.day())?,
            part(civil.hour())?,
            part(civil.minute())?,
            part(civil.second())?,
            0,
        )
        .map_err(|_| CronError::InvalidDate)?;
        let zoned = self.0.time_zone().to_ambiguous_zoned_datetime(datetime);
        let taken =
            |zoned: Result<ZonedDateTime, jiff::Error>| zoned.map(InZone).map_err(|_| CronError::InvalidTime);
        Ok(match zoned.offset() {
            AmbiguousOffset::Unambiguous { .. } => Resolution::Single(taken(zoned.unambiguous())?),
            AmbiguousOffset::Gap { .. } => Resolution::Gap,
            AmbiguousOffset::Fold { .. } => {
                Resolution::Ambiguous(taken(zoned.clone().earlier())?, taken(zoned.later())?)
            }
        })
    }

    fn checked_add_seconds(&self, seconds: i64) -> Option<Self> {
        self.0
            .checked_add(SignedDuration::from_secs(seconds))
            .ok()
            .map(InZone)
    }

    fn cmp_instant(&self, other: &Self) -> Ordering {
        self.0.timestamp().cmp(&other.0.timestamp())
    }
}

/// jiff's weekday as croner's.
pub(super) fn weekday(day: jiff::civil::Weekday) -> Weekday {
    use jiff::civil::Weekday as Jiff;
    match day {
        Jiff::Sunday => Weekday::Sunday,
        Jiff::Monday => Weekday::Monday,
        Jiff::Tuesday => Weekday::Tuesday,
        Jiff::Wednesday => Weekday::Wednesday,
        Jiff::Thursday => Weekday::Thursday,
        Jiff::Friday => Weekday::Friday,
        Jiff::Saturday => Weekday::Saturday,
    }
}
