//! Reading as an iterator: [`visit`](super::visit) on a thread of its own, a step ahead of the consumer.

use std::ops::ControlFlow;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};

use super::{Event, Input, Options, visit};
use crate::error::{Error, Position};

/// How many events wait between reader and consumer: enough to keep both busy, few enough to hold little.
const WAITING: usize = 2;

/// How many inputs the reader is told of ahead of time.
const AHEAD: usize = 2;

/// What is in `inputs`, one event at a time. A reader thread runs a few documents ahead; it ends when the iterator is
/// dropped, at the latest with the read that it is in.
pub fn read<'a>(
    inputs: impl IntoIterator<Item = Input> + 'a,
    options: &'a Options,
) -> impl Iterator<Item = Event> + 'a {
    let (requests, asked) = channel();
    let (answers, events) = sync_channel(WAITING);
    let options = options.clone();
    let reader = std::thread::Builder::new()
        .name("reader".to_owned())
        .spawn(move || answer(&asked, &options, &answers));
    let failure = reader.err().map(|error| {
        let position = Position::path("-");
        Event::Error(Error::new(position, "no-thread", error.to_string()))
    });
    let mut pull = Pull {
        inputs: inputs.into_iter(),
        requests: Some(requests),
        events,
        asked: 0,
    };
    failure
        .into_iter()
        .chain(std::iter::from_fn(move || pull.next()))
}

/// `None` says that an input is over.
type Answer = Option<Event>;

fn answer(inputs: &Receiver<Input>, options: &Options, answers: &SyncSender<Answer>) {
    for input in inputs {
        let read = visit(
            [input],
            options,
            &mut |event| match answers.send(Some(event)) {
                Ok(()) => ControlFlow::Continue(()),
                Err(_) => ControlFlow::Break(()),
            },
        );
        if read.is_break() || answers.send(None).is_err() {
            return;
        }
    }
}

struct Pull<I> {
    inputs: I,
    requests: Option<Sender<Input>>,
    events: Receiver<Answer>,
    asked: usize,
}

impl<I: Iterator<Item = Input>> Pull<I> {
    fn next(&mut self) -> Option<Event> {
        loop {
            while self.asked < AHEAD
                && let Some(requests) = &self.requests
            {
                let sent = self.inputs.next().map(|input| requests.send(input));
                if matches!(sent, Some(Ok(()))) {
                    self.asked += 1;
                } else {
                    self.requests = None;
                }
            }
            if self.asked == 0 {
                return None;
            }
            match self.events.recv() {
                Ok(Some(event)) => return Some(event),
                Ok(None) => self.asked -= 1,
                Err(_) => return None,
            }
        }
    }
}
