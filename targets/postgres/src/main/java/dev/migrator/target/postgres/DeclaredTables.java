package dev.migrator.target.postgres;

import dev.migrator.core.error.Problem;
import dev.migrator.core.kinds.TableName;
import dev.migrator.target.TargetException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Tables whose rows are listed: only those that the credential's property {@code tables} names, {@code public.fees,
 * public.limits(country, currency)}. A database may hold tables of any size that are nobody's configuration.
 *
 * @param all in the order in which they are named
 */
record DeclaredTables(List<Declared> all) {
    private static final int MOST = 1_000;
    private static final Pattern ONE = Pattern.compile("\\s*([^,()]+?)\\s*(?:\\(([^()]*)\\))?\\s*(?:,|$)");

    /** @param key its columns; empty for the primary key */
    record Declared(TableName table, List<String> key) {
        Declared {
            key = List.copyOf(key);
        }
    }

    DeclaredTables {
        all = List.copyOf(all);
    }

    /** @throws TargetException.Refused {@code TGT-CREDENTIAL} if the text does not say so */
    static DeclaredTables read(String target, String text) throws TargetException.Refused {
        var all = new ArrayList<Declared>();
        var matcher = ONE.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (text.substring(at).isBlank() && !all.isEmpty()) {
                break;
            }
            if (!matcher.find(at) || matcher.start() != at) {
                throw refused(target, text.substring(at));
            }
            var table = TableName.read(matcher.group(1));
            if (table.isEmpty() || all.size() == MOST) {
                throw refused(target, matcher.group(1));
            }
            var key = matcher.group(2) == null
                    ? List.<String>of()
                    : Arrays.stream(matcher.group(2).split(",", -1))
                            .map(String::strip)
                            .toList();
            all.add(new Declared(table.get(), key));
            at = matcher.end();
        }
        return new DeclaredTables(all);
    }

    private static TargetException.Refused refused(String target, String found) {
        return new TargetException.Refused(
                Problem.of("TGT-CREDENTIAL", "the credential is none for PostgreSQL")
                        .about("target " + target + ", property " + Settings.TABLES)
                        .expected(
                                "at most " + MOST + " names of tables, separated by commas; after each, where it is not"
                                        + " the primary key, the columns of its key in brackets")
                        .found(found)
                        .todo("correct the credential's file"),
                null);
    }
}
