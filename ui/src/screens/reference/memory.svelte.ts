/** What was searched and chosen, so that coming back finds it as it was. The list is the same for every org but for its address. */

export const kept = $state({ text: '', group: '', chosen: null as string | null });
