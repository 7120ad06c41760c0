package dev.migrator.manifests.export;

import dev.migrator.core.canonical.Digest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Logical names for what only has an address: readable where that is possible, unique always, stable for one state. */
final class Names {
    private static final int LONGEST = 249;
    private static final int LONGEST_BEFORE_DIGEST = 240;

    private Names() {}

    /** @return name by identity; a wish that is no name, or that several have, gets a digest of the identity */
    static Map<String, String> of(List<Draft> drafts) {
        var wishes = new HashMap<String, Integer>();
        drafts.forEach(draft -> wishes.merge(plain(draft.wish()), 1, Integer::sum));
        var names = new HashMap<String, String>();
        for (Draft draft : drafts) {
            var name = plain(draft.wish());
            boolean own = name.equals(draft.wish()) && name.length() <= LONGEST && wishes.get(name) == 1;
            names.put(draft.identity(), own ? name : withDigest(name, draft.identity()));
        }
        return names;
    }

    private static String withDigest(String name, String identity) {
        return name.substring(0, Math.min(name.length(), LONGEST_BEFORE_DIGEST)) + "-"
                + Digest.ofText(identity).brief();
    }

    private static String plain(String wish) {
        var plain = wish.replaceAll("[^A-Za-z0-9._-]+", "-");
        return plain.isEmpty() ? "-" : plain;
    }
}
