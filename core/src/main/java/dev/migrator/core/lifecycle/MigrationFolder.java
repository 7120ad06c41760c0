package dev.migrator.core.lifecycle;

/** Where everything of a migration lies in the bucket. Whoever reads it without the services has to mean the same place. */
public final class MigrationFolder {
    private MigrationFolder() {}

    /** Ends with a slash. */
    public static String of(String commit, MigrationId id) {
        return part(commit) + "/" + part(id.value()) + "/";
    }

    /** Ids may be {@code .} or {@code ..}, which in a path mean another folder; ids never hold a tilde. */
    public static String part(String text) {
        return text.equals(".") || text.equals("..") ? "~" + text : text;
    }
}
