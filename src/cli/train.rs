//! `copydesk train` and `copydesk eval`: weights from gold pages, and how good they are on pages of publishers they
//! have not seen.

use std::io::Write;
use std::path::Path;

use anyhow::Context;
use copydesk::classify::model::Model;
use copydesk::train::{self, Plan, Sources};

use super::args::{EvalArgs, GoldArgs, TrainArgs};
use super::exit;

fn plan(gold: &GoldArgs, folds: usize) -> Plan {
    Plan {
        passes: gold.passes,
        trees: gold.trees,
        folds,
    }
}

fn sources(gold: &GoldArgs) -> Sources<'_> {
    Sources {
        gold: gold.gold.as_deref(),
        text: gold.text.as_deref(),
        pages: gold.pages.as_deref(),
    }
}

/// Folds whose models make the marginals that a later pass learns from.
const TRAIN_FOLDS: usize = 5;

pub(crate) fn train(args: &TrainArgs) -> anyhow::Result<exit::Code> {
    let mut stderr = std::io::stderr().lock();
    let mut log = |line: &str| {
        // Progress is a courtesy: a closed standard error is no reason to stop.
        let _ = writeln!(stderr, "copydesk: {line}");
    };
    let plan = plan(&args.gold, TRAIN_FOLDS);
    let sources = sources(&args.gold);
    let write = |path: &Path, bytes: &[u8]| {
        std::fs::write(path, bytes).with_context(|| format!("cannot write {}", path.display()))
    };
    if let Some(folder) = &args.rankers {
        // Before minutes of training, not after.
        std::fs::create_dir_all(folder)
            .with_context(|| format!("cannot write to {}", folder.display()))?;
    }
    if let Some(out) = &args.out {
        let model = match &args.onto {
            None => train::train(sources, plan, &mut log)?,
            Some(path) if path.as_os_str() == "shipped" => {
                train::train_onto(Model::shipped(), sources, plan, &mut log)?
            }
            Some(path) => {
                let base = super::extract::weights(path)?;
                train::train_onto(&base, sources, plan, &mut log)?
            }
        };
        write(out, &model.write())?;
    }
    if let Some(folder) = &args.rankers {
        let trained = train::train_rankers(sources, plan, args.models.as_deref(), &mut log)?;
        for (name, bytes) in &trained {
            write(&folder.join(name), bytes)?;
        }
    }
    Ok(exit::CLEAN)
}

pub(crate) fn eval(args: &EvalArgs) -> anyhow::Result<exit::Code> {
    anyhow::ensure!(
        args.gold.gold.is_some(),
        "annotated pages are learned from and never scored: eval needs --gold FILE and --text DIR"
    );
    let mut stderr = std::io::stderr().lock();
    let mut log = |line: &str| {
        let _ = writeln!(stderr, "copydesk: {line}");
    };
    let report = train::cross_validate(
        sources(&args.gold),
        plan(&args.gold, args.folds.into()),
        train::Folders {
            predictions: args.predictions.as_deref(),
            models: args.models.as_deref(),
        },
        &mut log,
    )?;
    std::io::stdout().lock().write_all(report.as_bytes())?;
    Ok(exit::CLEAN)
}
