using Spectre.Console;

namespace Dlcs.Host.Commands;

internal static class ProgressColumns
{
    public static ProgressColumn[] All =>
        [new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn()];
}
