"""The same model, sampled: reference values for tests/it/response.rs.

    pip install numpyro==0.22.0
    python nuts.py > nuts.json           the two data sets beside this file
    python nuts.py person.csv            another one: scripts/compare-with-nuts

Priors are continuous here, where the engine has a grid. Level and session effect of an occasion are integrated out by
their two by two covariance, written down afresh and not taken from the engine. Means, standard deviations, quantiles
and bulk ESS go to nuts.json, with the seconds that sampling took.
"""

import csv
import json
import pathlib
import sys
import time

import jax
import jax.numpy as jnp
import numpyro
import numpyro.distributions as dist
from numpyro.diagnostics import summary
from numpyro.infer import MCMC, NUTS

numpyro.set_host_device_count(2)
jax.config.update("jax_enable_x64", True)
HERE = pathlib.Path(__file__).parent

# Crowd::with_effect(1.0, 2.0).question().sceptical(): in units of the smallest change worth having.
ERROR = 2**0.5
LEVEL_SD = 30.0
RETEST_SD = 2.0
GAIN_SD = 2 / 1.6448536269514727


FILES = [pathlib.Path(name) for name in sys.argv[1:]] or [HERE / "month.csv", HERE / "year.csv"]


def read(file):
    rows = list(csv.DictReader(open(file)))
    pairs = []
    for before, after in zip(rows[::2], rows[1::2]):
        assert before["occasion"] == after["occasion"] and before["after_minutes"] == ""
        pairs.append([float(before["value"]), float(after["value"]), float(after["seconds"]),
                      float(after["after_minutes"]), float(after["arm"]), float(before["trials"])])
    return jnp.array(pairs)


def lower_median(values):
    values = sorted(values)
    return values[(len(values) - 1) // 2]


def model(pairs, usual_seconds, usual_minutes):
    before, after, seconds, minutes, arm, trials = pairs.T
    level = numpyro.sample("level", dist.Normal(0, LEVEL_SD))
    retest = numpyro.sample("retest", dist.Normal(0, RETEST_SD))
    gain = numpyro.sample("gain", dist.Normal(0, GAIN_SD))
    contrast = numpyro.sample("contrast", dist.Normal(0, GAIN_SD))
    error = ERROR * jnp.exp(0.35 * numpyro.sample("z_error", dist.Normal()))
    level_sd = error * 1.5 * jnp.exp(0.6 * numpyro.sample("z_level", dist.Normal()))
    session_sd = error * 0.5 * jnp.exp(0.6 * numpyro.sample("z_session", dist.Normal()))
    tau = 60 * jnp.exp(0.4 * numpyro.sample("z_tau", dist.Normal()))
    half = 13 * jnp.exp(0.4 * numpyro.sample("z_half", dist.Normal()))
    numpyro.deterministic("error", error)
    share = lambda x, t: (1 - jnp.exp(-x / tau)) * 2 ** (-t / half)
    load = share(seconds, minutes) / share(usual_seconds, usual_minutes)
    mean_after = level + retest + (gain + contrast * arm) * load
    noise = error**2 / trials
    a, b, c = level_sd**2 + noise, level_sd**2, level_sd**2 + (session_sd * load) ** 2 + noise
    numpyro.factor("before", dist.Normal(level, jnp.sqrt(a)).log_prob(before).sum())
    expected = mean_after + b / a * (before - level)
    numpyro.factor("after", dist.Normal(expected, jnp.sqrt(c - b * b / a)).log_prob(after).sum())


found = {}
for file in FILES:
    pairs = read(file)
    sessions = [pair for pair in pairs.tolist() if pair[2] > 0]
    usual = lower_median([s[2] for s in sessions]), lower_median([s[3] for s in sessions])
    mcmc = MCMC(NUTS(model, target_accept_prob=0.9, dense_mass=True), num_warmup=2000, num_samples=20000, num_chains=2,
                progress_bar=False)
    begun = time.perf_counter()
    mcmc.run(jax.random.PRNGKey(20261122), pairs, *usual)
    mcmc.get_samples()["gain"].block_until_ready()
    seconds = time.perf_counter() - begun
    table = summary(mcmc.get_samples(group_by_chain=True), prob=0.9)
    draws = mcmc.get_samples()
    found[file.stem] = {"seconds": round(seconds, 1), "usual": usual, **{
        number: {
            "mean": round(float(draws[number].mean()), 5),
            "sd": round(float(draws[number].std()), 5),
            "q05": round(float(jnp.quantile(draws[number], 0.05)), 5),
            "q95": round(float(jnp.quantile(draws[number], 0.95)), 5),
            "ess": round(float(table[number]["n_eff"])),
            "r_hat": round(float(table[number]["r_hat"]), 5),
        } for number in ["retest", "gain", "contrast", "error"]}}
json.dump(found, sys.stdout, indent=1)
print()
