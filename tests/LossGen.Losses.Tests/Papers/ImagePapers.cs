namespace LossGen.Losses.Tests.Papers;

/// <summary>Windows, pyramids, spectra, sorted errors of pixels.</summary>
public static partial class ImagePapers
{
    private const string CensusFormula = """
        axis u = 7;
        axis v = 7;
        axis a = size(h) - 6;
        axis b = size(w) - 6;
        centre(e) = e[h: a + 3, w: b + 3];
        away(e) = e[h: a + u, w: b + v] - centre(e);
        ternary(e) = away(e) / sqrt(0.81 + away(e)^2);
        d = (ternary(x) - ternary(y))^2;
        hamming = sum[u, v](d / (0.1 + d));
        inner = centre(mask);
        sum(inner ? (hamming^2 + eps^2)^alpha : 0) / (sum(inner) + 1e-6)
        """;

    /// <summary>Soft Hamming distance of neighbourhoods of 7 x 7 under a mask.</summary>
    /// <remarks>Meister, Hur and Roth, "UnFlow: Unsupervised Learning of Optical Flow with a Bidirectional Census Loss", 2018, arXiv:1711.07837.</remarks>
    [Loss(CensusFormula)]
    public static partial float Census(
        [Axes("n, h, w"), Differentiate] ReadOnlySpan<float> x, [Axes("n, h, w"), Differentiate] ReadOnlySpan<float> y,
        [Axes("n, h, w")] ReadOnlySpan<bool> mask, int h, int w, float eps = 0.001f, float alpha = 0.45f);

    /// <summary>In <c>double</c>.</summary>
    [Loss(CensusFormula, Program = "CensusDoubleProgram")]
    public static partial double Census(
        [Axes("n, h, w"), Differentiate] ReadOnlySpan<double> x, [Axes("n, h, w"), Differentiate] ReadOnlySpan<double> y,
        [Axes("n, h, w")] ReadOnlySpan<bool> mask, int h, int w, double eps = 0.001, double alpha = 0.45);

    private const string LaplacianPyramidFormula = """
        axis a = 5;
        axis b = 5;
        axis h1 = div(size(h) + 1, 2);
        axis w1 = div(size(w) + 1, 2);
        axis h2 = div(size(h1) + 1, 2);
        axis w2 = div(size(w1) + 1, 2);
        tap(u) = (u == 2 ? 6 : u == 1 || u == 3 ? 4 : 1) / 16;
        inside(k, length) = min(max(k, 0), length - 1);
        d = x - y;
        d1 = sum[a, b](tap(a) * tap(b) * d[h: inside(2 * h1 + a - 2, size(h)), w: inside(2 * w1 + b - 2, size(w))]);
        d2 = sum[a, b](tap(a) * tap(b) * d1[h1: inside(2 * h2 + a - 2, size(h1)), w1: inside(2 * w2 + b - 2, size(w1))]);
        up1 = sum[a, b](mod(h + a, 2) == 0 && mod(w + b, 2) == 0
            ? 4 * tap(a) * tap(b) * d1[h1: inside(div(h + a - 2, 2), size(h1)), w1: inside(div(w + b - 2, 2), size(w1))] : 0);
        up2 = sum[a, b](mod(h1 + a, 2) == 0 && mod(w1 + b, 2) == 0
            ? 4 * tap(a) * tap(b) * d2[h2: inside(div(h1 + a - 2, 2), size(h2)), w2: inside(div(w1 + b - 2, 2), size(w2))] : 0);
        (sum(abs(d - up1)) + 4 * sum(abs(d1 - up2)) + 16 * sum(abs(d2))) / size(n)
        """;

    /// <summary>Absolute differences of three levels.</summary>
    /// <remarks>Bojanowski, Joulin, Lopez-Paz and Szlam, "Optimizing the Latent Space of Generative Networks", 2018, arXiv:1707.05776.</remarks>
    [Loss(LaplacianPyramidFormula)]
    public static partial float LaplacianPyramid(
        [Axes("n, h, w"), Differentiate] ReadOnlySpan<float> x, [Axes("n, h, w"), Differentiate] ReadOnlySpan<float> y, int h, int w);

    /// <summary>In <c>double</c>.</summary>
    [Loss(LaplacianPyramidFormula, Program = "LaplacianPyramidDoubleProgram")]
    public static partial double LaplacianPyramid(
        [Axes("n, h, w"), Differentiate] ReadOnlySpan<double> x, [Axes("n, h, w"), Differentiate] ReadOnlySpan<double> y, int h, int w);

    private const string ClDiceFormula = """
        axis u = 3;
        axis v = 3;
        axis t = iterations + 1;
        inside(k, length) = min(max(k, 0), length - 1);
        rows(e) = e[h: inside(h + u - 1, size(h))];
        columns(e) = e[w: inside(w + v - 1, size(w))];
        erode(e) = min(min[u](rows(e)), min[v](columns(e)));
        dilate(e) = max[u, v](rows(columns(e)));
        ridge(e) = relu(e - dilate(erode(e)));
        add(skeleton, delta) = skeleton + relu(delta - skeleton * delta);
        (_, ps) = scan[t]((p, ridge(p)), (e, s) => (erode(e), add(s, ridge(erode(e)))));
        (_, ys) = scan[t]((y, ridge(y)), (e, s) => (erode(e), add(s, ridge(erode(e)))));
        sp = ps[t: iterations];
        sy = ys[t: iterations];
        precision = (sum(sp * y) + 1) / (sum(sp) + 1);
        recall = (sum(sy * p) + 1) / (sum(sy) + 1);
        1 - 2 * precision * recall / (precision + recall)
        """;

    /// <summary>Dice of soft skeletons, which iterated erosion leaves.</summary>
    /// <remarks>Shit et al., "clDice – a Novel Topology-Preserving Loss Function for Tubular Structure Segmentation", 2021, arXiv:2003.07311.</remarks>
    [Loss(ClDiceFormula)]
    public static partial float ClDice(
        [Axes("n, h, w"), Differentiate] ReadOnlySpan<float> p, [Axes("n, h, w")] ReadOnlySpan<float> y, int h, int w, int iterations);

    /// <summary>In <c>double</c>.</summary>
    [Loss(ClDiceFormula, Program = "ClDiceDoubleProgram")]
    public static partial double ClDice(
        [Axes("n, h, w"), Differentiate] ReadOnlySpan<double> p, [Axes("n, h, w")] ReadOnlySpan<double> y, int h, int w, int iterations);

    private const string FocalFrequencyFormula = """
        axis f = size(h);
        axis g = size(w);
        d = x - y;
        hw = 2 * pi * f * h / size(h);
        ww = 2 * pi * g * w / size(w);
        re1 = sum[w](d * cos(ww));
        im1 = -sum[w](d * sin(ww));
        re = sum[h](re1 * cos(hw) + im1 * sin(hw));
        im = sum[h](im1 * cos(hw) - re1 * sin(hw));
        power = (re^2 + im^2) / (size(h) * size(w));
        raw = detach(power^(alpha / 2));
        weight = raw / max[f, g](raw);
        mean(weight * power)
        """;

    /// <summary>Distances of spectra, weighted by themselves.</summary>
    /// <remarks>Jiang, Dai, Wu and Loy, "Focal Frequency Loss for Image Reconstruction and Synthesis", 2021, arXiv:2012.12821.</remarks>
    [Loss(FocalFrequencyFormula)]
    public static partial float FocalFrequency(
        [Axes("n, c, h, w"), Differentiate] ReadOnlySpan<float> x, [Axes("n, c, h, w"), Differentiate] ReadOnlySpan<float> y, int c, int h, int w, float alpha = 1f);

    /// <summary>In <c>double</c>.</summary>
    [Loss(FocalFrequencyFormula, Program = "FocalFrequencyDoubleProgram")]
    public static partial double FocalFrequency(
        [Axes("n, c, h, w"), Differentiate] ReadOnlySpan<double> x, [Axes("n, c, h, w"), Differentiate] ReadOnlySpan<double> y, int c, int h, int w, double alpha = 1);

    private const string CompleteIouFormula = """
        width(b) = b[k: 2] - b[k: 0];
        height(b) = b[k: 3] - b[k: 1];
        overlap = relu(min(p[k: 2], g[k: 2]) - max(p[k: 0], g[k: 0])) * relu(min(p[k: 3], g[k: 3]) - max(p[k: 1], g[k: 1]));
        union = width(p) * height(p) + width(g) * height(g) - overlap;
        iou = overlap / union;
        diagonal = square(max(p[k: 2], g[k: 2]) - min(p[k: 0], g[k: 0])) + square(max(p[k: 3], g[k: 3]) - min(p[k: 1], g[k: 1]));
        centre = (square(p[k: 0] + p[k: 2] - g[k: 0] - g[k: 2]) + square(p[k: 1] + p[k: 3] - g[k: 1] - g[k: 3])) / 4;
        v = 4 / pi^2 * square(atan(width(g) / height(g)) - atan(width(p) / height(p)));
        alpha = detach(v / (1 - iou + v + 1e-7));
        mean(1 - iou + centre / diagonal + alpha * v)
        """;

    /// <summary>Overlap, distance of centres and ratio of sides of boxes <c>x0 y0 x1 y1</c>.</summary>
    /// <remarks>Zheng, Wang, Liu, Li, Ye and Ren, "Distance-IoU Loss: Faster and Better Learning for Bounding Box Regression", 2020,
    /// arXiv:1911.08287.</remarks>
    [Loss(CompleteIouFormula)]
    public static partial float CompleteIou(
        [Axes("n, k = 4"), Differentiate] ReadOnlySpan<float> p, [Axes("n, k = 4"), Differentiate] ReadOnlySpan<float> g);

    /// <summary>In <c>double</c>.</summary>
    [Loss(CompleteIouFormula, Program = "CompleteIouDoubleProgram")]
    public static partial double CompleteIou(
        [Axes("n, k = 4"), Differentiate] ReadOnlySpan<double> p, [Axes("n, k = 4"), Differentiate] ReadOnlySpan<double> g);

    private const string LovaszHingeFormula = """
        fg = valid && y != 0;
        error = 1 - z * (fg ? 1 : -1);
        order = argsort[p](valid ? -error : inf);
        e = error[p: order];
        g = fg[p: order];
        total = count[p](fg);
        jaccard = 1 - (total - cumsum[p](g)) / (total + cumsum[p](g ? 0 : 1));
        step = p > 0 ? jaccard - jaccard[p: p - 1] : jaccard;
        mean[n](sum[p](valid[p: order] ? relu(e) * step : 0))
        """;

    /// <summary>Extension of the Jaccard loss for two classes, image by image.</summary>
    /// <remarks>Berman, Rannen Triki and Blaschko, "The Lovász-Softmax loss: A tractable surrogate for the optimization of the intersection-over-union
    /// measure in neural networks", 2018, arXiv:1705.08790.</remarks>
    [Loss(LovaszHingeFormula)]
    public static partial float LovaszHinge(
        [Axes("n, p"), Differentiate] ReadOnlySpan<float> z, [Axes("n, p")] ReadOnlySpan<byte> y, [Axes("n, p")] ReadOnlySpan<bool> valid, int p);

    /// <summary>In <c>double</c>.</summary>
    [Loss(LovaszHingeFormula, Program = "LovaszHingeDoubleProgram")]
    public static partial double LovaszHinge(
        [Axes("n, p"), Differentiate] ReadOnlySpan<double> z, [Axes("n, p")] ReadOnlySpan<byte> y, [Axes("n, p")] ReadOnlySpan<bool> valid, int p);

    private const string LovaszSoftmaxFormula = """
        valid = label != ignore;
        fg = label == c;
        error = abs(fg - softmax[c](z));
        order = argsort[p](valid ? -error : inf);
        g = fg[p: order];
        total = count[p](fg);
        jaccard = 1 - (total - cumsum[p](g)) / (total + cumsum[p](g ? 0 : 1));
        step = p > 0 ? jaccard - jaccard[p: p - 1] : jaccard;
        each = sum[p](valid[p: order] ? error[p: order] * step : 0);
        present = any[p](fg);
        sum(present ? each : 0) / count(present)
        """;

    /// <summary>The same for the classes that are present.</summary>
    /// <remarks>As <c>LovaszHinge</c>.</remarks>
    [Loss(LovaszSoftmaxFormula)]
    public static partial float LovaszSoftmax(
        [Axes("p, c"), Differentiate] ReadOnlySpan<float> z, [Axes("p")] ReadOnlySpan<int> label, int ignore = 255);

    /// <summary>In <c>double</c>.</summary>
    [Loss(LovaszSoftmaxFormula, Program = "LovaszSoftmaxDoubleProgram")]
    public static partial double LovaszSoftmax(
        [Axes("p, c"), Differentiate] ReadOnlySpan<double> z, [Axes("p")] ReadOnlySpan<int> label, int ignore = 255);
}
