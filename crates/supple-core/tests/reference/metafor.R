# What R's metafor says about published data sets: the oracle of tests/it/pooling.rs.
#
#   apt-get install r-base-core r-cran-metafor r-cran-metadat r-cran-jsonlite
#   Rscript crates/supple-core/tests/reference/metafor.R > crates/supple-core/tests/reference/metafor.json
#
# Only effects, variances, cluster numbers and the moderators used are kept: published results, each with its source.
# `make test` runs it where R and metafor are installed, and compares. Iterations go on until nothing changes, so that what differs is the mathematics.
suppressMessages({ library(metafor); library(jsonlite) })

exact <- list(threshold = 1e-14, maxiter = 10000)
exact_mv <- list(optimizer = "optim", optmethod = "BFGS", reltol = 1e-14, maxit = 10000)
number <- function(x) unname(as.numeric(x))

data_sets <- list(
  bcg = list(
    source = "Colditz GA, et al. JAMA 1994;271:698-702; log risk ratios of the BCG vaccine trials (metadat dat.bcg)",
    rows = escalc(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg),
    mods = list("ablat", c("ablat", "year"))),
  hackshaw1998 = list(
    source = "Hackshaw AK. Stat Methods Med Res 1998;7:119-136; log odds ratios, lung cancer and smoke of others",
    rows = dat.hackshaw1998),
  raudenbush1985 = list(
    source = "Raudenbush SW, Bryk AS. J Educ Stat 1985;10:75-98; standardised mean differences, teachers' expectations",
    rows = dat.raudenbush1985, mods = list("weeks")),
  normand1999 = list(
    source = "Normand SL. Stat Med 1999;18:321-359; standardised mean differences, stroke units and days in hospital",
    rows = escalc(measure = "SMD", m1i = m1i, sd1i = sd1i, n1i = n1i, m2i = m2i, sd2i = sd2i, n2i = n2i,
                  data = dat.normand1999)),
  li2007 = list(
    source = "Li J, et al. Cochrane Database Syst Rev 2007;CD003496; log odds ratios, magnesium after a heart attack",
    rows = escalc(measure = "OR", ai = ai, n1i = n1i, ci = ci, n2i = n2i, data = dat.li2007)),
  mcdaniel1994 = list(
    source = "McDaniel MA, et al. J Appl Psychol 1994;79:599-616; Fisher's z, interviews and performance at work",
    rows = escalc(measure = "ZCOR", ri = ri, ni = ni, data = dat.mcdaniel1994)),
  konstantopoulos2011 = list(
    source = "Konstantopoulos S. Res Synth Methods 2011;2:61-76; school calendars, schools within districts",
    rows = dat.konstantopoulos2011, cluster = "district"),
  assink2016 = list(
    source = "Assink M, Wibbelink CJM. Quant Methods Psychol 2016;12:154-174; juvenile delinquency, effects within studies",
    rows = dat.assink2016, cluster = "study", mods = list("year")))

pooled <- function(fit, pi) list(
  mu = number(fit$b[1]), se = number(fit$se[1]), ci_low = number(fit$ci.lb[1]), ci_high = number(fit$ci.ub[1]),
  pi_low = number(pi$pi.lb[1]), pi_high = number(pi$pi.ub[1]))
coefficients <- function(fit) data.frame(
  b = number(fit$b), se = number(fit$se), ci_low = number(fit$ci.lb), ci_high = number(fit$ci.ub))

two_level <- function(rows) {
  z <- rma(yi, vi, data = rows, method = "REML", control = exact)
  hk <- rma(yi, vi, data = rows, method = "REML", test = "knha", control = exact)
  # metafor's own prediction interval under knha has the quantile t(k - 1), as ours.
  c(pooled(z, predict(z)), list(tau2 = number(z$tau2), i2 = number(z$I2), q = number(z$QE), q_p = number(z$QEp),
    hk = pooled(hk, predict(hk))))
}

with_mods <- function(rows, names) {
  fit <- rma(yi, vi, mods = as.matrix(rows[names]), data = rows, method = "REML", control = exact)
  list(names = I(names), tau2 = number(fit$tau2), i2 = number(fit$I2), q = number(fit$QE),
       coefficients = coefficients(fit))
}

# Egger's regression with random effects, as regtest() does it by default.
small_studies <- function(rows) {
  test <- regtest(rma(yi, vi, data = rows, method = "REML", control = exact), model = "rma", predictor = "sei")
  list(slope = number(test$fit$b[2]), se = number(test$fit$se[2]), p = number(test$pval), limit = number(test$est),
       limit_low = number(test$ci.lb), limit_high = number(test$ci.ub))
}

three_level <- function(rows, cluster, rho, names = NULL) {
  rows$group <- rows[[cluster]]
  rows$row <- seq_len(nrow(rows))
  v <- outer(rows$vi, rows$vi, function(a, b) rho * sqrt(a * b)) * outer(rows$group, rows$group, "==")
  diag(v) <- rows$vi
  fit <- if (is.null(names)) rma.mv(yi, v, random = ~ 1 | group / row, data = rows, control = exact_mv)
         else rma.mv(yi, v, mods = as.matrix(rows[names]), random = ~ 1 | group / row, data = rows, control = exact_mv)
  safe <- robust(fit, cluster = rows$group)
  p <- predict(fit, newmods = if (is.null(names)) NULL else rep(0, length(names)))
  c(pooled(fit, p), list(rho = rho, names = I(as.character(names)),
    sigma2_between = number(fit$sigma2[1]), sigma2_within = number(fit$sigma2[2]), log_likelihood = number(logLik(fit)),
    coefficients = coefficients(fit),
    robust = list(se = number(safe$se[1]), ci_low = number(safe$ci.lb[1]), ci_high = number(safe$ci.ub[1]),
                  df = number(safe$dfs[1]))))
}

result <- lapply(data_sets, function(set) {
  rows <- set$rows
  names <- unique(unlist(set$mods))
  kept <- list(yi = number(rows$yi), vi = number(rows$vi))
  if (!is.null(set$cluster)) kept$cluster <- as.integer(factor(rows[[set$cluster]]))
  if (length(names)) kept$mods <- as.list(rows[names])
  out <- list(source = set$source, rows = kept, two_level = two_level(rows), small_studies = small_studies(rows))
  if (!is.null(set$mods)) out$meta_regression <- lapply(set$mods, function(n) with_mods(rows, n))
  if (!is.null(set$cluster)) {
    out$three_level <- lapply(c(0, 0.3, 0.6, 0.9), function(rho) three_level(rows, set$cluster, rho))
    rows$sei <- sqrt(rows$vi)
    out$small_studies_three_level <- three_level(rows, set$cluster, 0.6, "sei")
    if (!is.null(set$mods)) out$three_level <- c(out$three_level, list(three_level(rows, set$cluster, 0, set$mods[[1]])))
  }
  out
})
cat(toJSON(list(metafor = as.character(packageVersion("metafor")), sets = result),
           digits = NA, auto_unbox = TRUE, pretty = 1), "\n")
