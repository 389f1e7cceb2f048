// The activations that every engine of the velocity network knows.

/** Name of an activation. */
export type ActivationName = 'selu' | 'silu' | 'relu' | 'tanh' | 'softplus';

/** The names in the order in which messages list them; kernels know an activation by its place here. */
export const activationNames: readonly ActivationName[] = ['selu', 'silu', 'relu', 'tanh', 'softplus'];
