//! Documents through many hands and out in order: one thread reads, several work, the caller's thread takes the
//! results in input order. Owns threads, back-pressure and the limit on time; knows nothing of what the work is.

use std::any::Any;
use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use crate::document::Document;
use crate::error::{Error, Position};
use crate::input::{Event, Outcome};

/// How many bytes of documents and of results may be between the reader and the caller. A document larger than
/// this goes through alone. Large enough that a slow document holds up nobody (some ten thousand pages), small
/// enough for a machine of 1 GB.
pub const QUEUE_BYTES: usize = 64 << 20;

/// What an event costs beside its text, so that a million empty files are bounded too.
const EVENT_BYTES: usize = 512;

/// What becomes of an event, in the order of the events.
#[derive(Debug)]
pub enum Step<T> {
    /// A document was worked on.
    Done(T),
    /// A document, or the rest of an input, gave nothing.
    Error(Error),
    /// An input came to its end.
    End {
        /// The path as given; `-` for standard input.
        path: String,
        /// How reading it went.
        outcome: Outcome,
    },
}

/// A result that can say how much memory it holds.
pub trait Weigh {
    /// Bytes held, roughly.
    fn weight(&self) -> usize;
}

/// The output of a document, or none where it was left out.
impl Weigh for Option<Vec<u8>> {
    fn weight(&self) -> usize {
        self.as_ref().map_or(0, Vec::capacity)
    }
}

/// What a run may use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Threads that work on documents.
    pub jobs: NonZeroUsize,
    /// How long one document may take. One that takes longer becomes an error with the code `timeout`; its thread is
    /// left to itself and another takes its place.
    pub time: Option<Duration>,
}

/// Runs `read`, which gives events to the function it is handed until that one breaks; has threads `work` on the
/// documents, and gives every result to `sink` on the calling thread in the order of the events. With one job and no
/// limit of time everything happens on the calling thread, else `read` has a thread of its own. A document whose work
/// panics becomes an error with the code `internal`.
///
/// # Errors
/// The first error of `sink` ends the run and is returned.
pub fn run<T, E>(
    read: impl FnOnce(&mut dyn FnMut(Event) -> ControlFlow<()>) + Send,
    limits: Limits,
    work: impl Fn(&Document) -> T + Send + Sync + 'static,
    mut sink: impl FnMut(Step<T>) -> Result<(), E>,
) -> Result<(), E>
where
    T: Weigh + Send + 'static,
{
    if limits.jobs.get() == 1 && limits.time.is_none() {
        let mut result = Ok(());
        read(&mut |event| {
            result = sink(match event {
                Event::Document(document) => guarded(&work, &document),
                Event::Error(error) => Step::Error(error),
                Event::End { path, outcome } => Step::End { path, outcome },
            });
            flow(result.is_ok())
        });
        return result;
    }
    let queue = Arc::new(Queue {
        state: Mutex::new(State::default()),
        room: Condvar::new(),
        work: Condvar::new(),
        ready: Condvar::new(),
        limits,
        worker: Box::new(work),
    });
    std::thread::scope(|scope| {
        let _stop = OnDrop(|| queue.stop());
        scope.spawn(|| {
            let _close = OnDrop(|| queue.close());
            read(&mut |event| queue.put(event));
        });
        queue.drain(&mut sink)
    })
}

const fn flow(on: bool) -> ControlFlow<()> {
    if on {
        ControlFlow::Continue(())
    } else {
        ControlFlow::Break(())
    }
}

fn guarded<T>(work: &(impl Fn(&Document) -> T + ?Sized), document: &Document) -> Step<T> {
    catch_unwind(AssertUnwindSafe(|| work(document))).map_or_else(
        |panic| {
            let message = panic_message(&*panic);
            Step::Error(Error::new(position(document), "internal", message))
        },
        Step::Done,
    )
}

fn position(document: &Document) -> Position {
    Position {
        member: document.source.member.clone(),
        ..Position::path(&document.source.path)
    }
}

fn panic_message(panic: &(dyn Any + Send)) -> String {
    let said = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str));
    format!(
        "a fault in copydesk, please report it: {}",
        said.unwrap_or("panic")
    )
}

struct OnDrop<F: FnMut()>(F);

impl<F: FnMut()> Drop for OnDrop<F> {
    fn drop(&mut self) {
        (self.0)();
    }
}

struct Queue<T> {
    state: Mutex<State<T>>,
    /// The caller took something out, or stopped.
    room: Condvar,
    /// A document waits to be worked on, or none will come any more.
    work: Condvar,
    /// The step at the front is ready or being worked on, or none will come any more.
    ready: Condvar,
    limits: Limits,
    worker: Box<dyn Fn(&Document) -> T + Send + Sync>,
}

struct State<T> {
    todo: VecDeque<(u64, Box<Document>)>,
    /// One slot for each event not yet taken by the caller, in order.
    slots: VecDeque<Slot<T>>,
    /// The number of the event in the first slot.
    first: u64,
    /// Held by `todo`, by the workers, by `slots` and by the caller.
    bytes: usize,
    /// Workers that were not given up.
    workers: usize,
    idle: usize,
    closed: bool,
    stopped: bool,
}

enum Slot<T> {
    Waiting,
    Working {
        since: Instant,
        position: Position,
        weight: usize,
    },
    Ready(Step<T>, usize),
}

impl<T> Default for State<T> {
    fn default() -> Self {
        Self {
            todo: VecDeque::new(),
            slots: VecDeque::new(),
            first: 0,
            bytes: 0,
            workers: 0,
            idle: 0,
            closed: false,
            stopped: false,
        }
    }
}

impl<T: Weigh + Send + 'static> Queue<T> {
    /// The state is whole whenever the lock is free, so a panic elsewhere does not spoil it.
    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, on: &Condvar, state: MutexGuard<'a, State<T>>) -> MutexGuard<'a, State<T>> {
        on.wait(state).unwrap_or_else(PoisonError::into_inner)
    }

    fn stop(&self) {
        let mut state = self.lock();
        state.stopped = true;
        state.todo.clear();
        self.room.notify_all();
        self.work.notify_all();
    }

    fn close(&self) {
        self.lock().closed = true;
        self.work.notify_all();
        self.ready.notify_all();
    }

    /// Puts an event into the queue when there is room, and starts a worker where one is needed, so that one small
    /// file does not pay for all cores. Breaks when nobody takes results any more.
    fn put(self: &Arc<Self>, event: Event) -> ControlFlow<()> {
        let weight = EVENT_BYTES
            + match &event {
                Event::Document(document) => document.text.len(),
                Event::Error(_) | Event::End { .. } => 0,
            };
        let mut state = self.lock();
        while state.bytes > 0 && state.bytes + weight > QUEUE_BYTES && !state.stopped {
            state = self.wait(&self.room, state);
        }
        if state.stopped {
            return ControlFlow::Break(());
        }
        state.bytes += weight;
        let step = match event {
            Event::Document(document) => {
                let number = state.first + state.slots.len() as u64;
                state.slots.push_back(Slot::Waiting);
                state.todo.push_back((number, document));
                if state.idle < state.todo.len() && state.workers < self.limits.jobs.get() {
                    self.hire(&mut state);
                } else {
                    self.work.notify_one();
                }
                return ControlFlow::Continue(());
            }
            Event::Error(error) => Step::Error(error),
            Event::End { path, outcome } => Step::End { path, outcome },
        };
        state.slots.push_back(Slot::Ready(step, weight));
        self.ready.notify_one();
        ControlFlow::Continue(())
    }

    /// Starts a worker. It is not waited for: when the run is over, whoever is still at work works for nobody.
    fn hire(self: &Arc<Self>, state: &mut State<T>) {
        state.workers += 1;
        let queue = Arc::clone(self);
        std::thread::spawn(move || queue.work_on());
    }

    fn work_on(&self) {
        let mut state = self.lock();
        loop {
            let Some((number, document)) = state.todo.pop_front() else {
                if state.closed || state.stopped {
                    return;
                }
                state.idle += 1;
                state = self.wait(&self.work, state);
                state.idle -= 1;
                continue;
            };
            let slot = (number - state.first) as usize;
            let before = EVENT_BYTES + document.text.len();
            if self.limits.time.is_some() {
                state.slots[slot] = Slot::Working {
                    since: Instant::now(),
                    position: position(&document),
                    weight: before,
                };
                if slot == 0 {
                    self.ready.notify_one();
                }
            }
            drop(state);
            let step = guarded(&*self.worker, &document);
            drop(document);
            let after = match &step {
                Step::Done(done) => EVENT_BYTES + done.weight(),
                Step::Error(_) | Step::End { .. } => EVENT_BYTES,
            };
            state = self.lock();
            let given_up = number < state.first
                || matches!(
                    state.slots.get((number - state.first) as usize),
                    Some(Slot::Ready(..))
                );
            if given_up {
                return;
            }
            state.bytes = state.bytes - before + after;
            if after < before {
                self.room.notify_one();
            }
            let slot = (number - state.first) as usize;
            state.slots[slot] = Slot::Ready(step, after);
            if slot == 0 {
                self.ready.notify_one();
            }
        }
    }

    /// The caller's side: everything that is ready at the front goes to `sink`.
    fn drain<E>(
        self: &Arc<Self>,
        sink: &mut impl FnMut(Step<T>) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut batch = Vec::new();
        loop {
            let mut state = self.lock();
            loop {
                let late = match state.slots.front() {
                    Some(Slot::Ready(..)) => break,
                    None if state.closed => return Ok(()),
                    Some(Slot::Working { since, .. }) => self
                        .limits
                        .time
                        .map(|limit| limit.saturating_sub(since.elapsed())),
                    None | Some(Slot::Waiting) => None,
                };
                state = match late {
                    None => self.wait(&self.ready, state),
                    Some(Duration::ZERO) => {
                        self.give_up(&mut state);
                        state
                    }
                    Some(left) => {
                        let woken = self.ready.wait_timeout(state, left);
                        woken.unwrap_or_else(PoisonError::into_inner).0
                    }
                };
            }
            while let Some(slot) = state.slots.pop_front() {
                match slot {
                    Slot::Ready(step, weight) => batch.push((step, weight)),
                    unready => {
                        state.slots.push_front(unready);
                        break;
                    }
                }
                state.first += 1;
            }
            drop(state);
            let mut written = 0;
            for (step, weight) in batch.drain(..) {
                sink(step)?;
                written += weight;
            }
            self.lock().bytes -= written;
            self.room.notify_one();
        }
    }

    /// Makes an error of the document at the front, and hires another worker for the one that is stuck with it.
    fn give_up(self: &Arc<Self>, state: &mut State<T>) {
        let Some(Slot::Working {
            since,
            position,
            weight,
        }) = state.slots.front_mut()
        else {
            return;
        };
        // It is still in memory, but counting it might leave no room for anything else.
        let weight = *weight;
        let message = format!(
            "judging it took more than {} seconds",
            since.elapsed().as_secs()
        );
        let error = Error::new(std::mem::take(position), "timeout", message);
        state.bytes = state.bytes - weight + EVENT_BYTES;
        state.slots[0] = Slot::Ready(Step::Error(error), EVENT_BYTES);
        state.workers -= 1;
        self.hire(state);
    }
}

#[cfg(test)]
mod tests {
    use super::{EVENT_BYTES, Limits, QUEUE_BYTES, Step, Weigh, run};
    use crate::document::Document;
    use crate::input::{Event, Outcome};
    use std::num::NonZeroUsize;
    use std::ops::ControlFlow;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    impl Weigh for String {
        fn weight(&self) -> usize {
            self.len()
        }
    }

    fn document(text: String) -> Event {
        Event::Document(Box::new(Document {
            text,
            ..Document::default()
        }))
    }

    fn limits(jobs: usize) -> Limits {
        Limits {
            jobs: NonZeroUsize::new(jobs).unwrap(),
            time: None,
        }
    }

    #[test]
    fn a_document_that_takes_too_long_is_an_error_and_holds_up_nobody() {
        let limits = Limits {
            time: Some(Duration::from_millis(20)),
            ..limits(1)
        };
        let texts = ["a", "stuck", "c", "stuck", "e"];
        let mut got = Vec::new();
        let result: Result<(), ()> = run(
            from(texts.map(|text| document(text.into()))),
            limits,
            |document| {
                if document.text == "stuck" {
                    std::thread::sleep(Duration::from_secs(600));
                }
                document.text.clone()
            },
            |step| {
                got.push(match step {
                    Step::Done(text) => text,
                    Step::Error(error) => error.code.to_owned(),
                    Step::End { path, .. } => path,
                });
                Ok(())
            },
        );
        result.unwrap();
        assert_eq!(got, ["a", "timeout", "c", "timeout", "e"]);
    }

    /// A reader of `events`.
    fn from(
        events: impl IntoIterator<Item = Event> + Send,
    ) -> impl FnOnce(&mut dyn FnMut(Event) -> ControlFlow<()>) + Send {
        move |sink| {
            let _ = events.into_iter().try_for_each(sink);
        }
    }

    fn texts(
        events: Vec<Event>,
        jobs: usize,
        work: impl Fn(&Document) -> String + Send + Sync + 'static,
    ) -> Vec<String> {
        let mut got = Vec::new();
        let result: Result<(), ()> = run(from(events), limits(jobs), work, |step| {
            got.push(match step {
                Step::Done(text) => text,
                Step::Error(error) => format!("error {}", error.code),
                Step::End { path, .. } => format!("end {path}"),
            });
            Ok(())
        });
        result.unwrap();
        got
    }

    #[test]
    fn results_come_in_the_order_of_the_events_whatever_the_jobs() {
        let events = || {
            let mut events: Vec<Event> = (0..200).map(|i| document(format!("text {i}"))).collect();
            events.insert(
                100,
                Event::End {
                    path: "a".to_owned(),
                    outcome: Outcome::Whole,
                },
            );
            events
        };
        let slow_first = |document: &Document| {
            if document.text.ends_with('0') {
                std::thread::sleep(std::time::Duration::from_millis(2));
            }
            document.text.to_uppercase()
        };
        let want = texts(events(), 1, slow_first);
        assert_eq!(want.len(), 201);
        assert_eq!(texts(events(), 2, slow_first), want);
        assert_eq!(texts(events(), 7, slow_first), want);
    }

    #[test]
    fn a_panic_is_an_error_of_its_document_alone() {
        for jobs in [1, 3] {
            let events = vec![
                document("a".into()),
                document("bad".into()),
                document("c".into()),
            ];
            let got = texts(events, jobs, |document| {
                assert!(document.text != "bad", "cannot bear it");
                document.text.clone()
            });
            assert_eq!(got, ["a", "error internal", "c"]);
        }
    }

    #[test]
    fn the_queue_is_bounded_in_bytes() {
        let alive = AtomicUsize::new(0);
        let most = AtomicUsize::new(0);
        let size = QUEUE_BYTES / 4;
        let events = (0..24).map(|_| {
            let now = alive.fetch_add(1, Ordering::SeqCst) + 1;
            most.fetch_max(now, Ordering::SeqCst);
            document(" ".repeat(size))
        });
        let result: Result<(), ()> = run(
            from(events),
            limits(4),
            |document| " ".repeat(document.text.len()),
            |_| {
                alive.fetch_sub(1, Ordering::SeqCst);
                Ok(())
            },
        );
        result.unwrap();
        // One more than fits is in the hand of the reader, which learns its size by reading it.
        assert!(most.into_inner() <= QUEUE_BYTES / (size + EVENT_BYTES) + 2);
    }

    #[test]
    fn an_error_of_the_sink_ends_the_run() {
        for jobs in [1, 3] {
            let mut taken = 0;
            let events = (0..10_000).map(|i| document(i.to_string()));
            let result = run(
                from(events),
                limits(jobs),
                |document| document.text.clone(),
                |_| {
                    taken += 1;
                    if taken == 10 { Err("closed") } else { Ok(()) }
                },
            );
            assert_eq!(result, Err("closed"));
            assert_eq!(taken, 10);
        }
    }
}
