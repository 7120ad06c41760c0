package dev.migrator.cli.render;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.List;

/** Differences of texts as {@code diff -u} and {@code git apply} know them. */
public final class UnifiedDiff {
    private static final int CONTEXT = 3;

    private UnifiedDiff() {}

    /**
     * @param path of the file, {@code /} between names
     * @param after empty for a file that goes
     * @return lines without line breaks, none for the same texts; an end without a line break is not told of
     */
    public static List<String> of(String path, String before, String after) {
        var from = before.lines().toList();
        return UnifiedDiffUtils.generateUnifiedDiff(
                "a/" + path,
                after.isEmpty() ? "/dev/null" : "b/" + path,
                from,
                DiffUtils.diff(from, after.lines().toList()),
                CONTEXT);
    }
}
