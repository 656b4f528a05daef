//! Documents through many hands and out in order: one thread reads, several work, the caller's thread takes the
//! results in input order. Owns threads and back-pressure; knows nothing of what the work is.

use std::any::Any;
use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::Scope;

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

/// Runs `read`, which gives events to the function it is handed until that one breaks; has `jobs` threads `work` on
/// the documents, and gives every result to `sink` on the calling thread in the order of the events. With one job
/// everything happens on the calling thread, else `read` has a thread of its own. A document whose work panics
/// becomes an error with the code `internal`.
///
/// # Errors
/// The first error of `sink` ends the run and is returned.
pub fn run<T, E>(
    read: impl FnOnce(&mut dyn FnMut(Event) -> ControlFlow<()>) + Send,
    jobs: NonZeroUsize,
    work: impl Fn(&Document) -> T + Sync,
    mut sink: impl FnMut(Step<T>) -> Result<(), E>,
) -> Result<(), E>
where
    T: Weigh + Send,
{
    if jobs.get() == 1 {
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
    let queue = Queue::default();
    std::thread::scope(|scope| {
        let _stop = OnDrop(|| queue.stop());
        scope.spawn(|| {
            let _close = OnDrop(|| queue.close());
            read(&mut |event| queue.put(scope, event, jobs.get(), &work));
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

fn guarded<T>(work: &impl Fn(&Document) -> T, document: &Document) -> Step<T> {
    catch_unwind(AssertUnwindSafe(|| work(document))).map_or_else(
        |panic| {
            let position = Position {
                member: document.source.member.clone(),
                ..Position::path(&document.source.path)
            };
            Step::Error(Error::new(position, "internal", panic_message(&*panic)))
        },
        Step::Done,
    )
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
    /// The step at the front is ready, or none will come any more.
    ready: Condvar,
}

struct State<T> {
    todo: VecDeque<(u64, Box<Document>)>,
    /// One slot for each event not yet taken by the caller, in order; none while it is worked on.
    slots: VecDeque<Option<(Step<T>, usize)>>,
    /// The number of the event in the first slot.
    first: u64,
    /// Held by `todo`, by the workers, by `slots` and by the caller.
    bytes: usize,
    workers: usize,
    idle: usize,
    closed: bool,
    stopped: bool,
}

impl<T> Default for Queue<T> {
    fn default() -> Self {
        Self {
            state: Mutex::new(State {
                todo: VecDeque::new(),
                slots: VecDeque::new(),
                first: 0,
                bytes: 0,
                workers: 0,
                idle: 0,
                closed: false,
                stopped: false,
            }),
            room: Condvar::new(),
            work: Condvar::new(),
            ready: Condvar::new(),
        }
    }
}

impl<T: Weigh + Send> Queue<T> {
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
    fn put<'scope, 'env>(
        &'env self,
        scope: &'scope Scope<'scope, 'env>,
        event: Event,
        jobs: usize,
        work: &'env (impl Fn(&Document) -> T + Sync),
    ) -> ControlFlow<()> {
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
                state.slots.push_back(None);
                state.todo.push_back((number, document));
                if state.idle < state.todo.len() && state.workers < jobs {
                    state.workers += 1;
                    scope.spawn(move || self.work_on(work));
                } else {
                    self.work.notify_one();
                }
                return ControlFlow::Continue(());
            }
            Event::Error(error) => Step::Error(error),
            Event::End { path, outcome } => Step::End { path, outcome },
        };
        state.slots.push_back(Some((step, weight)));
        self.ready.notify_one();
        ControlFlow::Continue(())
    }

    fn work_on(&self, work: &impl Fn(&Document) -> T) {
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
            drop(state);
            let step = guarded(work, &document);
            let before = EVENT_BYTES + document.text.len();
            drop(document);
            let after = match &step {
                Step::Done(done) => EVENT_BYTES + done.weight(),
                Step::Error(_) | Step::End { .. } => EVENT_BYTES,
            };
            state = self.lock();
            state.bytes = state.bytes - before + after;
            if after < before {
                self.room.notify_one();
            }
            let slot = (number - state.first) as usize;
            state.slots[slot] = Some((step, after));
            if slot == 0 {
                self.ready.notify_one();
            }
        }
    }

    /// The caller's side: everything that is ready at the front goes to `sink`.
    fn drain<E>(&self, sink: &mut impl FnMut(Step<T>) -> Result<(), E>) -> Result<(), E> {
        let mut batch = Vec::new();
        loop {
            let mut state = self.lock();
            while !matches!(state.slots.front(), Some(Some(_))) {
                if state.closed && state.slots.is_empty() {
                    return Ok(());
                }
                state = self.wait(&self.ready, state);
            }
            while matches!(state.slots.front(), Some(Some(_))) {
                batch.extend(state.slots.pop_front().flatten());
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
}

#[cfg(test)]
mod tests {
    use super::{EVENT_BYTES, QUEUE_BYTES, Step, Weigh, run};
    use crate::document::Document;
    use crate::input::{Event, Outcome};
    use std::num::NonZeroUsize;
    use std::ops::ControlFlow;
    use std::sync::atomic::{AtomicUsize, Ordering};

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
        work: impl Fn(&Document) -> String + Sync,
    ) -> Vec<String> {
        let mut got = Vec::new();
        let jobs = NonZeroUsize::new(jobs).unwrap();
        let result: Result<(), ()> = run(from(events), jobs, work, |step| {
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
        let jobs = NonZeroUsize::new(4).unwrap();
        let result: Result<(), ()> = run(
            from(events),
            jobs,
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
                NonZeroUsize::new(jobs).unwrap(),
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
