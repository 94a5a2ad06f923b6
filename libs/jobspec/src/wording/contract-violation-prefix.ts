/** How the reason for a JobSpec with mistakes begins: programs look for it, people are told the mistakes alone. */
export const CONTRACT_VIOLATION = 'JobSpec contract violation: ';
