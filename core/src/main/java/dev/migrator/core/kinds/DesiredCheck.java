package dev.migrator.core.kinds;

import dev.migrator.core.model.EntryKey;
import dev.migrator.core.model.Resource;
import dev.migrator.core.plan.SmokeCheck;
import java.util.Optional;

/** @param subject the entry that the check looks at, empty for a check of something outside the targets */
public record DesiredCheck(SmokeCheck check, Resource resource, Optional<EntryKey> subject) {}
