/** What of a plan can be rehearsed in another place, how it is fitted to that place, and what nobody can prove there. */
package dev.migrator.core.rehearsal;
