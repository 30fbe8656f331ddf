//! A bot as a child of this process, on a processor of its own, and what it uses. Knows nothing of what it is asked.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child as Process, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use procfs::process::Process as Proc;
use rustix::process::{Pid, Signal, kill_process};
use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};
use tokio::time::sleep;

/// How long a child may take to end.
const END_WITHIN: Duration = Duration::from_secs(15);

/// What counts the calls that make a write last.
const TRACER: [&str; 7] = ["strace", "-f", "--seccomp-bpf", "-e", "trace=fsync,fdatasync", "-e", "signal=none"];

/// A child that runs. Dropping it kills it.
#[derive(Debug)]
pub(crate) struct Child {
    process: Process,
    /// The bot's, which under a tracer is not that of the process.
    pid: i32,
    trace: Option<PathBuf>,
    stopped: bool,
}

/// What a process holds in memory, in bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Memory {
    pub(crate) now: u64,
    pub(crate) peak: u64,
}

/// Binds the calling thread, and what it starts from now on, to a processor, as far as this machine has it.
pub(crate) fn pin(processor: usize) -> anyhow::Result<()> {
    let mut wanted = CpuSet::new();
    wanted.set(processor);
    sched_setaffinity(None, &wanted).context("this process can't be bound to one processor")
}

/// The processors that this process may use: the child's, and that of the load, which is the same where there is but one.
pub(crate) fn processors() -> anyhow::Result<(usize, usize)> {
    let may = sched_getaffinity(None)?;
    let mut all = (0..CpuSet::MAX_CPU).filter(|processor| may.is_set(*processor));
    let first = all.next().context("there is no processor")?;
    Ok((first, all.next().unwrap_or(first)))
}

impl Child {
    /// Starts a program on the first processor; what it writes goes into `log`. Where its fsyncs are to be counted it runs under strace.
    pub(crate) fn starts(
        program: &Path,
        arguments: &[&OsStr],
        variables: &[(&str, &OsStr)],
        log: &Path,
        trace: Option<&Path>,
    ) -> anyhow::Result<Child> {
        let mut command = match trace {
            None => Command::new(program),
            Some(file) => {
                let [tracer, options @ ..] = TRACER;
                let mut command = Command::new(tracer);
                command.args(options).arg("-o").arg(file).arg(program);
                command
            }
        };
        let output = File::options().create(true).append(true).open(log)?;
        command
            .args(arguments)
            .env_remove("DATABASE_URL")
            .envs(variables.iter().copied())
            .current_dir(log.parent().unwrap_or(log))
            .stdin(Stdio::null())
            .stdout(output.try_clone()?)
            .stderr(output);
        let (own, others) = processors()?;
        // A child runs where its parent's thread did when it was born.
        pin(own)?;
        let started = command.spawn();
        pin(others)?;
        let process = started.with_context(|| format!("{} can't be started", program.display()))?;
        let mut pid = i32::try_from(process.id())?;
        if trace.is_some() {
            pid = traced(pid, program)?;
        }
        Ok(Child { process, pid, trace: trace.map(Path::to_owned), stopped: false })
    }

    fn proc(&self) -> anyhow::Result<Proc> {
        Proc::new(self.pid).context("the child is gone; its log tells why")
    }

    /// How much of a processor's time it has used so far, in the kernel too.
    pub(crate) fn cpu(&self) -> anyhow::Result<Duration> {
        cpu(&self.proc()?)
    }

    /// What it holds in memory.
    pub(crate) fn memory(&self) -> anyhow::Result<Memory> {
        let status = self.proc()?.status()?;
        let kib = |held: Option<u64>| {
            held.map(|kib| kib * 1024).context("this system does not tell how much memory a process holds")
        };
        Ok(Memory { now: kib(status.vmrss)?, peak: kib(status.vmhwm)? })
    }

    /// How many times it made what was written last, by fsync or fdatasync.
    pub(crate) fn fsyncs(&self) -> anyhow::Result<Option<usize>> {
        let Some(trace) = &self.trace else { return Ok(None) };
        let calls = fs::read_to_string(trace)?.lines().filter(|line| line.contains("sync(")).count();
        Ok(Some(calls))
    }

    /// Asks it to stop and waits until it has, which takes the small Discord's part too: it is in this thread.
    pub(crate) async fn stops(mut self) -> anyhow::Result<()> {
        self.stopped = true;
        kill_process(Pid::from_raw(self.pid).context("a child has a number")?, Signal::TERM)?;
        let asked = Instant::now();
        while asked.elapsed() < END_WITHIN {
            if let Some(status) = self.process.try_wait()? {
                ensure!(status.success(), "the child ended with {status}; its log tells why");
                return Ok(());
            }
            sleep(Duration::from_millis(5)).await;
        }
        self.stopped = false;
        anyhow::bail!("the child did not stop within {} s", END_WITHIN.as_secs())
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        if !self.stopped {
            // It may be gone already.
            let _ = Pid::from_raw(self.pid).map(|pid| kill_process(pid, Signal::KILL));
            let _ = self.process.wait();
        }
    }
}

/// How much of a processor's time this process has used so far.
pub(crate) fn own_cpu() -> anyhow::Result<Duration> {
    cpu(&Proc::myself()?)
}

fn cpu(process: &Proc) -> anyhow::Result<Duration> {
    let stat = process.stat()?;
    let ticks = stat.utime + stat.stime;
    Ok(Duration::from_micros(ticks * 1_000_000 / procfs::ticks_per_second()))
}

/// The child of a tracer that runs a program, which takes a moment to be there; before it the tracer tries itself out on others.
fn traced(tracer: i32, program: &Path) -> anyhow::Result<i32> {
    let asked = Instant::now();
    while asked.elapsed() < END_WITHIN {
        for child in Proc::new(tracer)?.task_main_thread()?.children()? {
            let child = i32::try_from(child)?;
            if Proc::new(child).and_then(|child| child.exe()).is_ok_and(|running| running == program) {
                return Ok(child);
            }
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    anyhow::bail!("strace did not start {}", program.display())
}

/// Whether fsyncs can be counted here.
pub(crate) fn can_count_fsyncs() -> bool {
    let [tracer, ..] = TRACER;
    Command::new(tracer)
        .arg("-V")
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}
