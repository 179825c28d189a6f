namespace LossGen.Kernels.Tests.Corpus;

/// <summary>Losses of papers, as a reader would type them in: what the features of the language are together.</summary>
internal static class LiteratureLosses
{
    private static readonly string[] Rows = ["n=1,c=3", "n=4,c=5", "n=3,c=17", "n=2,c=33"];
    private static readonly string[] Pairs = ["n=2,d=3", "n=5,d=4", "n=9,d=17"];
    private static readonly string[] Steps = ["n=1,t=1", "n=3,t=5", "n=2,t=17"];
    private static readonly string[] Images = ["n=1,h=3,w=3", "n=2,h=5,w=9", "n=1,h=4,w=17"];

    public static readonly LossCase[] All =
    [
        // Representations
        new("vicreg", "a! real[n, d]; b! real[n, d]; d int",
            """
            axis e = size(d);
            centre(z) = z - mean[n](z);
            deviation(z) = sqrt(sum[n](centre(z)^2) / (size(n) - 1) + 1e-4);
            covariance(z) = sum[n](centre(z) * centre(z)[d: e]) / (size(n) - 1);
            apart(z) = sum(d == e ? 0 : covariance(z)^2) / size(d);
            25 * mean((a - b)^2) + 25 * (mean(max(0, 1 - deviation(a))) + mean(max(0, 1 - deviation(b)))) / 2 + apart(a) + apart(b)
            """, Pairs),
        new("barlow twins", "a! real[n, d]; b! real[n, d]; d int",
            "axis e = size(d); unit(z) = (z - mean[n](z)) / sqrt(mean[n]((z - mean[n](z))^2) + 1e-3); c = mean[n](unit(a) * unit(b)[d: e]); sum(d == e ? (1 - c)^2 : 0.005 * c^2)", Pairs[1..]),
        new("supervised contrastive", "z! real[n, d]: -1..1; label int[n]: 0..3; d int",
            """
            axis m = size(n);
            s = sum[d](z * z[n: m]) / 0.5;
            same = n != m && label == label[n: m];
            lp = s - logsumexp[m](n == m ? -inf : s);
            k = count[m](same);
            sum(k > 0 ? -sum[m](same ? lp : 0) / k : 0) / size(n)
            """, Pairs),
        new("sigmoid language-image", "a! real[n, d]: -1..1; b! real[n, d]: -1..1; scale! real = 2; bias! real = -1; d int",
            "axis m = size(n); s = scale * sum[d](a * b[n: m]) + bias; -sum(log_sigmoid(n == m ? s : -s)) / size(n)", Pairs),
        new("momentum contrast", "q! real[n, d]: -1..1; k real[n, d]: -1..1; queue real[m, d]: -1..1; tau real = 0.2; d int",
            "own = sum[d](q * k) / tau; others = sum[d](q * queue) / tau; mean(logaddexp(own, logsumexp[m](others)) - own)", ["n=1,m=2,d=3", "n=3,m=9,d=5", "n=2,m=17,d=4"]),
        new("self-distillation without labels", "s! real[n, c]; t real[n, c]; centre real[c]; c int",
            "teacher = detach(softmax[c]((t - centre) / 0.4)); -mean[n](sum[c](teacher * log_softmax[c](s / 0.7)))", Rows),
        new("swapped assignments", "z! real[n, c]: -1..1; c int",
            """
            axis k = 3;
            (u, v) = scan[k]((0 * sum[c](z), 0 * sum[n](z)), (pu, pv) => (-logsumexp[c](z / 0.5 + pv), -logsumexp[n](z / 0.5 - logsumexp[c](z / 0.5 + pv))));
            q = detach(exp(z / 0.5 + u[k: 2] + v[k: 2]));
            -mean[n](sum[c](q * log_softmax[c](z)))
            """, Rows),

        // Metric learning and ranking
        new("circle", "p! real[n, m]: -1..1; label int[n]: 0..2; other int[m]: 0..2",
            """
            same = label == other;
            positive = logsumexp[m](same ? -8 * detach(max(0, 1.25 - p)) * (p - 0.75) : -inf);
            negative = logsumexp[m](same ? -inf : 8 * detach(max(0, p + 0.25)) * (p - 0.25));
            ok = any[m](same) && any[m](!same);
            sum(ok ? softplus(positive + negative) : 0) / max(1, count(ok))
            """, ["n=1,m=4", "n=5,m=5", "n=3,m=17"]),
        new("multi-similarity", "s! real[n, m]: -1..1; label int[n]: 0..2; other int[m]: 0..2",
            """
            same = label == other;
            near = log1p(sum[m](same ? exp(-2 * (s - 0.5)) : 0)) / 2;
            far = log1p(sum[m](same ? 0 : exp(40 * (s - 0.5)))) / 40;
            mean(near + far)
            """, ["n=1,m=4", "n=5,m=5", "n=3,m=17"]),
        new("proxy anchor", "s! real[n, c]: -1..1; label int[n]: 0..c",
            """
            own = c == label;
            pull = log1p(sum[n](own ? exp(-8 * (s - 0.1)) : 0));
            push = log1p(sum[n](own ? 0 : exp(8 * (s + 0.1))));
            sum(pull) / max(1, count(any[n](own))) + mean(push)
            """, Rows),
        new("additive angular margin", "s! real[n, c]: -0.9..0.9; label int[n]: 0..c; margin real = 0.5",
            """
            target = s * cos(margin) - sqrt(max(1e-12, 1 - s^2)) * sin(margin);
            z = 16 * (c == label ? target : s);
            -mean(log_softmax[c](z)[c: label])
            """, Rows),
        new("centres", "x! real[n, d]; centre! real[c, d]; label int[n]: 0..c; d int", "0.5 * sum((x - centre[c: label])^2) / size(n)", ["n=1,c=2,d=3", "n=9,c=4,d=5", "n=5,c=3,d=17"]),
        new("ranknet", "s! real[n, c]; y real[n, c]: 0..3 whole; c int",
            "axis k = size(c); better = y > y[c: k]; sum(better ? softplus(s[c: k] - s) : 0) / max(1, count(better))", Rows),
        new("listmle", "s! real[n, c]; y real[n, c]; c int", "sorted = s[c: argsort[c](-y)]; mean[n](sum[c](cumlogsumexp[-c](sorted) - sorted))", Rows),
        new("listnet", "s! real[n, c]; y real[n, c]; c int", "-mean[n](sum[c](softmax[c](y) * log_softmax[c](s)))", Rows),
        new("smooth ndcg", "s! real[n, c]; y real[n, c]: 0..3 whole; c int",
            """
            axis k = size(c);
            rank = 1 + sum[k](k == c ? 0 : sigmoid((s[c: k] - s) / 0.3));
            gain = 2^y - 1;
            best = gain[c: argsort[c](-gain)];
            ideal = sum[c](best / log(c + 2));
            1 - mean(sum[c](gain / log(1 + rank)) / max(ideal, 1e-6))
            """, Rows),
        new("bayesian personalised ranking", "a! real[n, d]; p! real[n, d]; q! real[n, d]; d int", "-mean(log_sigmoid(sum[d](a * (p - q)))) + 0.01 * (sum(a^2) + sum(p^2) + sum(q^2))", Pairs),
        new("lovasz hinge", "z! real[n, c]; y byte[n, c]: 0..1; c int",
            """
            error = 1 - z * (2 * y - 1);
            order = argsort[c](-error);
            e = error[c: order];
            g = y[c: order];
            total = sum[c](g);
            jaccard = 1 - (total - cumsum[c](g)) / (total + cumsum[c](1 - g));
            mean[n](sum[c](relu(e) * detach(c > 0 ? jaccard - jaccard[c: c - 1] : jaccard)))
            """, Rows),
        new("average precision by pairs", "s! real[n]; y byte[n]: 0..1",
            """
            axis m = size(n);
            above = n == m ? 0 : sigmoid((s[n: m] - s) / 0.1);
            precision = (1 + sum[m](y[n: m] != 0 ? above : 0)) / (1 + sum[m](above));
            1 - sum(y != 0 ? precision : 0) / max(1, count(y != 0))
            """, ["n=2", "n=5", "n=17"]),

        // Classification
        new("label-distribution margin", "z! real[n, c]; label int[n]: 0..c; counts real[c]: 1..50",
            "margin = 0.5 / counts^0.25; -mean(log_softmax[c](8 * (z - (c == label ? margin : 0)))[c: label])", Rows),
        new("class-balanced focal", "z! real[n, c]; label int[n]: 0..c; counts real[c]: 1..50; beta real = 0.99",
            "w = (1 - beta) / (1 - beta^counts); w1 = w / sum(w) * size(c); lp = log_softmax[c](z)[c: label]; mean(-w1[c: label] * (1 - exp(lp))^2 * lp)", Rows),
        new("asymmetric", "z! real[n, c]; y byte[n, c]: 0..1; c int",
            "p = sigmoid(z); q = max(p - 0.05, 0); -mean[n](sum[c](y != 0 ? (1 - p) * log_sigmoid(z) : q^4 * log(max(1 - q, 1e-8))))", Rows),
        new("poly cross-entropy", "z! real[n, c]; label int[n]: 0..c; eps real = 2", "lp = log_softmax[c](z)[c: label]; mean(-lp + eps * (1 - exp(lp)))", Rows),
        new("symmetric cross-entropy", "z! real[n, c]; label int[n]: 0..c", "lp = log_softmax[c](z); p = softmax[c](z); mean(-0.1 * lp[c: label] - sum[c](p * (c == label ? 0 : -4)))", Rows),
        new("generalised cross-entropy", "z! real[n, c]; label int[n]: 0..c; q real = 0.7", "mean((1 - softmax[c](z)[c: label]^q) / q)", Rows),
        new("bi-tempered logistic", "z! real[n, c]: -1..1; y real[n, c]: 0.1..0.9; c int",
            """
            axis k = 8;
            t = 1.5;
            top = max[c](z);
            power(x) = max(0, 1 + (1 - t) * x)^(1 / (1 - t));
            u = scan[k](z - top, prev => (z - top) * sum[c](power(prev))^(1 - t));
            part = sum[c](power(u[k: 7]));
            norm1 = -(part^(t - 1) - 1) / (1 - t) + top;
            p = power(z - norm1);
            mean[n](sum[c]((y^0.3 - p^0.3) * y / 0.3 - (y^1.3 - p^1.3) / 1.3))
            """, Rows),
        new("ordinal by thresholds", "x! real[n]; cut! real[k]; y int[n]: 0..k", "z = x - cut; mean[n](sum[k](k < y ? softplus(-z) : softplus(z)))", ["n=1,k=2", "n=5,k=4", "n=17,k=3"]),
        new("ordinal, conditional", "z! real[n, k]; y int[n]: 0..k",
            "on = k == 0 || y > k - 1; sum(on ? (y > k ? softplus(-z) : softplus(z)) : 0) / count(on)", ["n=1,k=2", "n=5,k=4", "n=17,k=3"]),
        new("partial likelihood of survival", "risk! real[n]; dead byte[n]: 0..1; time real[n]",
            "order = argsort[n](-time); r = risk[n: order]; d = dead[n: order]; -sum(d != 0 ? r - cumlogsumexp[n](r) : 0) / max(1, count(d != 0))", ["n=1", "n=5", "n=17", "n=33"]),

        // Regression and distributions
        new("wing", "x! real[]; y real[]", "r = abs(x - y); k = 2 - 2 * log(1 + 2 / 0.5); mean(r < 2 ? 2 * log(1 + r / 0.5) : r - k)", Shapes.Flat[1..]),
        new("general robust", "x! real[]; y real[]; alpha! real = 1.3; scale! real = 0.8",
            "b = abs(alpha - 2); r = ((x - y) / scale)^2; mean(b / alpha * ((r / b + 1)^(alpha / 2) - 1) + log(scale))", Shapes.Flat[1..]),
        new("student's t", "x! real[]; mu! real[]; ls! real[]; nu! real = 3",
            "z = (x - mu) * exp(-ls); mean(ls + 0.5 * log(nu * pi) + lgamma(nu / 2) - lgamma((nu + 1) / 2) + (nu + 1) / 2 * log1p(z^2 / nu))", Shapes.Flat[1..]),
        new("negative binomial", "mu! real[]: 0.5..4; r! real = 2.5; y int[]: 0..9",
            "mean(lgamma(y + 1) + lgamma(r) - lgamma(y + r) - r * log(r / (r + mu)) - xlogy(y, mu / (r + mu)))", Shapes.Flat[1..]),
        new("mixture density", "logits! real[n, k]; mu! real[n, k]; ls! real[n, k]; y real[n]; k int",
            "lp = log_softmax[k](logits) - 0.5 * ((y - mu) * exp(-ls))^2 - ls - 0.5 * log(2 * pi); -mean(logsumexp[k](lp))", ["n=1,k=2", "n=5,k=3", "n=17,k=4"]),
        new("evidential regression", "gamma! real[]; nu! real[]: 0.5..2; alpha! real[]: 1.5..3; beta! real[]: 0.5..2; y real[]",
            """
            omega = 2 * beta * (1 + nu);
            nll = 0.5 * log(pi / nu) - alpha * log(omega) + (alpha + 0.5) * log((y - gamma)^2 * nu + omega) + lgamma(alpha) - lgamma(alpha + 0.5);
            mean(nll + 0.01 * abs(y - gamma) * (2 * nu + alpha))
            """, Shapes.Flat[1..]),
        new("ranked probability of an ensemble", "x! real[n, m]; y real[n]; m int",
            "axis k = size(m); mean(mean[m](abs(x - y)) - 0.5 * mean[m, k](abs(x - x[m: k])))", ["n=1,m=2", "n=5,m=4", "n=3,m=17"]),
        new("energy score", "x! real[n, m, d]; y real[n, d]; m int; d int",
            "axis k = size(m); mean(mean[m](norm[d](x - y)) - 0.5 * mean[m, k](norm[d](x - x[m: k])))", ["n=1,m=2,d=3", "n=2,m=4,d=5"]),
        new("quantile huber", "theta! real[n, q]; target real[n, m]; m int",
            """
            tau = (q + 0.5) / size(q);
            u = target - theta;
            l = abs(u) <= 1 ? 0.5 * u^2 : abs(u) - 0.5;
            mean[n](sum[q](mean[m](abs(tau - (u < 0 ? 1 : 0)) * l)))
            """, ["n=1,q=2,m=3", "n=3,q=5,m=4", "n=2,q=17,m=2"]),
        new("categorical projection", "z! real[n, k]; next real[n, c]: 0.1..1; r real[n]; done byte[n]: 0..1; k int",
            """
            q = next / sum[c](next);
            gamma = 0.9;
            atom = clamp(r + (done != 0 ? 0 : gamma * (c - 2)), -2, 2);
            m = sum[c](q * max(0, 1 - abs(atom - (k - 2))));
            -mean[n](sum[k](detach(m) * log_softmax[k](z)))
            """, ["n=1,k=5,c=5", "n=4,k=5,c=5"]),
        new("sliced distance by sorting", "x! real[n, p]; y! real[n, p]; p int", "mean(abs(x[n: argsort[n](x)] - y[n: argsort[n](y)]))", ["n=1,p=2", "n=5,p=3", "n=17,p=2"]),
        new("maximum mean discrepancy", "x! real[n, d]; y! real[m, d]; d int",
            """
            axis p = size(n);
            axis q = size(m);
            mean(exp(-0.5 * sum[d]((x - x[n: p])^2))) + mean(exp(-0.5 * sum[d]((y - y[m: q])^2))) - 2 * mean(exp(-0.5 * sum[d]((x - y)^2)))
            """, ["n=1,m=2,d=3", "n=4,m=5,d=2", "n=3,m=9,d=5"]),
        new("correlation alignment", "x! real[n, d]; y! real[m, d]; d int",
            """
            axis e = size(d);
            cx = sum[n]((x - mean[n](x)) * (x - mean[n](x))[d: e]) / (size(n) - 1);
            cy = sum[m]((y - mean[m](y)) * (y - mean[m](y))[d: e]) / (size(m) - 1);
            sum((cx - cy)^2) / (4 * size(d)^2)
            """, ["n=2,m=3,d=3", "n=9,m=5,d=4"]),
        new("concordance", "x! real[]; y real[]", "mx = mean(x); my = mean(y); 1 - 2 * mean((x - mx) * (y - my)) / (mean((x - mx)^2) + mean((y - my)^2) + (mx - my)^2 + 1e-6)", ["i=2", "i=5", "i=17", "i=100"]),
        new("mutual information by a soft histogram", "x! real[n]: 0..1; y real[n]: 0..1",
            """
            axis a = 4;
            axis b = 4;
            kx = exp(-8 * (x * 3 - a)^2) + 1e-3;
            ky = exp(-8 * (y * 3 - b)^2) + 1e-3;
            p = mean[n](kx / sum[a](kx) * (ky / sum[b](ky)));
            -sum(xlogy(p, p / (sum[b](p) * sum[a](p))))
            """, ["n=9", "n=33"]),

        // Sequences
        new("soft dynamic time warping", "x! real[i]; y! real[j]; gamma real = 0.5",
            """
            cost = (x - y)^2;
            first = cumsum[j](cost[i: 0]);
            r = scan[i](first, up => scan[j](up + cost, left =>
                cost - gamma * logsumexp3(-left / gamma, -up / gamma, -up[j: j - 1] / gamma)));
            r[i: size(i) - 1][j: size(j) - 1]
            """.Replace("logsumexp3", "logaddexp"), ["i=1,j=1", "i=2,j=3", "i=5,j=4", "i=9,j=17"]),
        new("hidden markov model", "e! real[n, t, s]; a! real[s, to = s]; start! real[s]; t int",
            """
            axis r = size(s);
            step = log_softmax[to](a);
            alpha = scan[t](e + log_softmax[s](start), prev => e + logsumexp[r](prev[s: r] + step[s: r, to: s]));
            -mean(logsumexp[s](alpha[t: size(t) - 1]))
            """, ["n=1,t=1,s=2", "n=2,t=4,s=3", "n=3,t=6,s=5"]),
        new("local level model", "y! real[n, t]; lq! real = -1; lr! real = 0.2; t int",
            """
            q = exp(lq);
            r = exp(lr);
            (m, p) = scan[t]((y, r + 0 * y), (pm, pp) => (pm + (pp + q) / (pp + q + r) * (y - pm), (pp + q) * r / (pp + q + r)));
            s = p[t: t - 1] + q + r;
            0.5 * sum(log(s) + (y - m[t: t - 1])^2 / s) / size(n)
            """, ["n=1,t=2", "n=3,t=5", "n=2,t=17"]),
        new("generalised advantages", "v! real[n, t]; r real[n, t]; done byte[n, t]: 0..1; t int",
            """
            gamma = 0.9;
            lambda = 0.8;
            delta = r + (t < size(t) - 1 && done == 0 ? gamma * v[t: t + 1] : 0) - v;
            advantage = scan[-t](delta, next => delta + (done == 0 ? gamma * lambda * next : 0));
            0.5 * mean(square(v - detach(advantage + v)))
            """, Steps),
        new("v-trace", "v! real[n, t]; lp! real[n, t]: -1..0; behaviour real[n, t]: -1..0; r real[n, t]; t int",
            """
            ratio = exp(detach(lp) - behaviour);
            rho = min(1, ratio);
            delta = rho * (r + (t < size(t) - 1 ? 0.9 * v[t: t + 1] : 0) - v);
            vs = v + scan[-t](delta, next => delta + 0.9 * min(1, ratio) * next);
            later = t < size(t) - 1 ? vs[t: t + 1] : 0;
            advantage = detach(rho * (r + 0.9 * later - v));
            -mean(advantage * lp) + 0.5 * mean((detach(vs) - v)^2)
            """, Steps),
        new("proximal policy with groups", "lp! real[n, g, t]: -2..0; old real[n, g, t]: -2..0; anchor real[n, g, t]: -2..0; reward real[n, g]; mask byte[n, g, t]: 0..1; g int; t int",
            """
            centred = reward - mean[g](reward);
            a = centred / (sqrt(mean[g](centred^2)) + 1e-4);
            r = exp(lp - old);
            gain = min(r * a, clamp(r, 0.8, 1.2) * a);
            kl = exp(anchor - lp) - (anchor - lp) - 1;
            -mean(sum[t](mask != 0 ? gain - 0.04 * kl : 0) / max(1, count[t](mask != 0)))
            """, ["n=1,g=2,t=3", "n=2,g=4,t=5"]),
        new("simple preference", "chosen! real[n, t]: -2..0; rejected! real[n, u]: -2..0; cl int[n]: 1..2; rl int[n]: 1..2; beta real = 2; margin real = 0.5",
            "w = sum[t](t < cl ? chosen : 0) / cl; l = sum[u](u < rl ? rejected : 0) / rl; -mean(log_sigmoid(beta * (w - l) - margin))", ["n=1,t=2,u=3", "n=4,t=3,u=2"]),
        new("transducer", "blank! real[n, t, u]: -2..0; emit! real[n, t, u]: -2..0; frames int[n]: 1..2; labels int[n]: 1..2; t int; u int",
            """
            first = u == 0 ? 0 : cumsum[u](emit[t: 0])[u: u - 1];
            row = scan[t](first, up => scan[u](up + blank[t: t - 1], left => logaddexp(up + blank[t: t - 1], left + emit[u: u - 1])));
            last = frames - 1;
            -mean(row[t: last][u: labels] + blank[t: last][u: labels])
            """, ["n=1,t=3,u=3", "n=3,t=4,u=4"]),

        // Pictures
        new("edge-aware smoothness", "d! real[n, h, w]; image real[n, h, w]; h int; w int",
            "gx = abs(d[w: w + 1] - d) * exp(-abs(image[w: w + 1] - image)); gy = abs(d[h: h + 1] - d) * exp(-abs(image[h: h + 1] - image)); mean(gx) + mean(gy)", Images),
        new("scale-invariant logarithmic depth", "d! real[n, h, w]: 0.5..4; g real[n, h, w]: 0..4; h int; w int",
            "ok = g > 1; e = ok ? log(d) - log(g) : 0; k = max(1, count[h, w](ok)); mean(sum[h, w](e^2) / k - 0.85 * (sum[h, w](e) / k)^2)", Images),
        new("local cross-correlation", "x! real[n, h, w]; y real[n, h, w]; h int; w int",
            """
            axis a = 3;
            axis b = 3;
            box(z) = sum[a, b](z[h: h + a, w: w + b]);
            cross = box(x * y) - box(x) * box(y) / 9;
            vx = box(x^2) - box(x)^2 / 9;
            vy = box(y^2) - box(y)^2 / 9;
            1 - mean(cross^2 / (vx * vy + 1e-3))
            """, Images),
        new("census", "x! real[n, h, w]; y real[n, h, w]; h int; w int",
            """
            axis a = 3;
            axis b = 3;
            soft(z) = (z[h: h + a, w: w + b] - z[h: h + 1, w: w + 1]) / sqrt(0.81 + (z[h: h + a, w: w + b] - z[h: h + 1, w: w + 1])^2);
            q = (soft(x) - soft(y))^2;
            mean(sum[a, b](q / (0.1 + q)))
            """, Images),
        new("frequencies", "x! real[n, w]; y real[n, w]; w int",
            """
            axis k = size(w);
            angle = 2 * pi * k * w / size(w);
            re = sum[w]((x - y) * cos(angle));
            im = sum[w]((x - y) * sin(angle));
            power = re^2 + im^2;
            mean(detach(sqrt(power) / (max[k](sqrt(power)) + 1e-6)) * power)
            """, ["n=1,w=2", "n=3,w=5", "n=2,w=17"]),
        new("pyramid", "x! real[n, w]; y real[n, w]; w int",
            """
            axis a = 2;
            axis p = div(size(w), 2);
            axis q = div(size(w), 4);
            d = x - y;
            half = mean[a](d[w: 2 * p + a]);
            mean(abs(d)) + mean(abs(half)) + mean(abs(mean[a](half[p: 2 * q + a])))
            """, ["n=1,w=4", "n=3,w=9", "n=2,w=33"]),
        new("thinned overlap", "p! real[n, h, w]: 0.1..0.9; y real[n, h, w]: 0..1; h int; w int",
            """
            axis k = 3;
            axis a = 3;
            erode(z) = min[a](min(z[h: clamp(h + a - 1, 0, size(h) - 1)], z[w: clamp(w + a - 1, 0, size(w) - 1)]));
            thin = scan[k](p, prev => erode(prev))[k: 2];
            1 - (2 * sum(thin * y) + 1) / (sum(thin) + sum(y) + 1)
            """, Images),
        new("complete box overlap", "p! real[n, k = 4]: 1..2; t real[n, k]: 1..2",
            """
            px = p[k: 0]; py = p[k: 1]; pw = p[k: 2]; ph = p[k: 3];
            tx = t[k: 0]; ty = t[k: 1]; tw = t[k: 2]; th = t[k: 3];
            iw = max(0, min(px + pw / 2, tx + tw / 2) - max(px - pw / 2, tx - tw / 2));
            ih = max(0, min(py + ph / 2, ty + th / 2) - max(py - ph / 2, ty - th / 2));
            inter = iw * ih;
            iou = inter / (pw * ph + tw * th - inter);
            cw = max(px + pw / 2, tx + tw / 2) - min(px - pw / 2, tx - tw / 2);
            ch = max(py + ph / 2, ty + th / 2) - min(py - ph / 2, ty - th / 2);
            v = 4 / pi^2 * (atan(tw / th) - atan(pw / ph))^2;
            alpha = detach(v / (1 - iou + v + 1e-7));
            mean(1 - iou + ((px - tx)^2 + (py - ty)^2) / (cw^2 + ch^2) + alpha * v)
            """, ["n=1", "n=5", "n=17"]),
        new("chamfer", "x! real[n, d]; y! real[m, d]; d int", "s = sum[d]((x - y)^2); mean(min[m](s)) + mean(min[n](s))", ["n=1,m=2,d=3", "n=5,m=4,d=3", "n=3,m=17,d=2"]),
        new("smoothness on a graph", "x! real[n, d]; from int[e]: 0..n; to int[e]: 0..n; weight real[e]: 0..1; d int", "mean(weight * sum[d]((x[n: from] - x[n: to])^2))", ["n=2,e=3,d=2", "n=5,e=9,d=4", "n=3,e=17,d=5"]),
    ];
}
