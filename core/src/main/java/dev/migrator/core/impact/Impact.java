package dev.migrator.core.impact;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What is known of the users of one entry, and what is not.
 *
 * @param uses each kind of {@link Use} at most once for each setting, in the order in which people read them
 * @param unknown ascending, without repeats
 */
public record Impact(List<Use> uses, List<Unknown> unknown) {
    public static final Impact NONE = new Impact(List.of(), List.of());

    public Impact {
        uses = List.copyOf(uses);
        unknown = List.copyOf(new TreeSet<>(unknown));
    }

    /** Nothing is known, for one reason. */
    public static Impact unknown(String what, String why) {
        return NONE.without(what, why);
    }

    public Impact with(Use use) {
        var more = new ArrayList<>(uses);
        more.add(use);
        return new Impact(more, unknown);
    }

    public Impact without(String what, String why) {
        var more = new ArrayList<>(unknown);
        more.add(new Unknown(what, why));
        return new Impact(uses, more);
    }

    /** The first of its kind. */
    public <U extends Use> Optional<U> first(Class<U> kind) {
        return all(kind).findFirst();
    }

    public <U extends Use> Stream<U> all(Class<U> kind) {
        return uses.stream().filter(kind::isInstance).map(kind::cast);
    }
}
