use std::time::{Duration, Instant};

/// A token bucket: some tries at once, then one every so often. The clock is an argument.
#[derive(Debug)]
pub struct Bucket {
    size: u32,
    every: Duration,
    /// The moment at which the bucket is, or was, full.
    full_at: Option<Instant>,
}

impl Bucket {
    /// `size` tries at once, and one more every `every`.
    pub const fn new(size: u32, every: Duration) -> Self {
        Self { size, every, full_at: None }
    }

    /// Takes one try.
    ///
    /// # Errors
    /// How long to wait, if there is none left; waiting is not made longer by asking.
    pub fn take(&mut self, now: Instant) -> Result<(), Duration> {
        let full_at = self.full_at.filter(|&full| full > now).unwrap_or(now) + self.every;
        let most = self.every * self.size;
        let ahead = full_at - now;
        if ahead > most {
            return Err(ahead - most);
        }
        self.full_at = Some(full_at);
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Bucket;
    use std::time::{Duration, Instant};

    #[test]
    fn some_at_once_then_one_every_so_often() {
        let start = Instant::now();
        let at = |ms| start + Duration::from_millis(ms);
        let mut bucket = Bucket::new(3, Duration::from_secs(2));
        for _ in 0..3 {
            assert_eq!(bucket.take(at(0)), Ok(()));
        }
        assert_eq!(bucket.take(at(0)), Err(Duration::from_secs(2)));
        assert_eq!(bucket.take(at(1_999)), Err(Duration::from_millis(1)), "asking does not make it longer");
        assert_eq!(bucket.take(at(2_000)), Ok(()));
        assert!(bucket.take(at(2_000)).is_err());
        // After a long rest no more than its size.
        let tries = (0..10).filter(|_| bucket.take(at(3_600_000)).is_ok()).count();
        assert_eq!(tries, 3);
    }
}
